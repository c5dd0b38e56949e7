//! What the SDK's errors mean for the ledger.

use std::{error::Error, fmt::Debug};

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};

use crate::error::StoreError;

/// Codes that ask for patience: nothing is wrong with the request.
const BUSY: [&str; 9] = [
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ReplicatedWriteConflictException",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
    "TransactionConflictException",
    "TransactionInProgressException",
];

/// Codes of a request that will never be carried out, however often it is sent.
const REJECTED: [&str; 7] = [
    "AccessDeniedException",
    "IdempotentParameterMismatchException",
    "InvalidSignatureException",
    "ItemCollectionSizeLimitExceededException",
    "ResourceNotFoundException",
    "UnrecognizedClientException",
    "ValidationException",
];

/// Whether the store asked for patience.
fn is_busy<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.code().is_some_and(|code| BUSY.contains(&code))
}

/// Whether the store will refuse this request every time.
pub(crate) fn is_rejected<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    error.code().is_some_and(|code| REJECTED.contains(&code))
}

/// The whole chain of causes in one line.
pub(crate) fn reason<E: Error + 'static, R: Debug>(error: &SdkError<E, R>) -> String {
    DisplayErrorContext(error).to_string()
}

/// An error of the SDK's as the ledger's callers know it; for crates that keep tables of their own.
pub fn store_error<E, R>(error: &SdkError<E, R>) -> StoreError
where
    E: ProvideErrorMetadata + Error + 'static,
    R: Debug,
{
    if is_busy(error) { StoreError::Throttled } else { StoreError::Unavailable { reason: reason(error) } }
}
