//! Why a request is answered with a problem.

command::refusals! {}
