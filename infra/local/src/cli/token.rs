//! `taihu token`: somebody with roles, and his token from the folder's own issuer.

use domain::{
    DepartmentCode,
    id::Malformed,
    staff::{Role, Scope},
};
use jiff::Timestamp;
use serde_json::json;

use super::{
    args::{Output, TokenArgs},
    exit::{Exit, Failure},
};
use crate::{
    cloud::CloudError,
    serve::{
        Beginning, Machine, Options, ServeError,
        api::Api,
        keys::LocalIssuer,
        served::Served,
        staff::{self, Person, Stands},
    },
};

/// Runs `taihu token`: enrols the holder through the API, here or at the process that serves the folder, and signs his token.
///
/// A role that was granted before and revoked since is not granted again; the token then says only who he is.
///
/// # Errors
/// There is no city, a name is malformed, or the API refused.
pub async fn run(args: &TokenArgs, output: Output) -> Result<Exit, Failure> {
    let data = &args.folder.data;
    let Some(served) = Served::last(data)? else { return Err(Failure::NoCity(data.clone())) };
    let person = person(args).map_err(|error| Failure::other(&error))?;
    let stands = match alone(args, served, &person).await {
        Err(Failure::Serve(ServeError::Cloud(CloudError::Served { .. }))) => {
            let issuer = LocalIssuer::open(data).map_err(ServeError::from)?;
            ensured(&mut Api::through(served.door, &issuer), &person).await
        }
        told => told,
    }?;
    match stands {
        Stands::Ready => {}
        Stands::Disabled => eprintln!("taihu: {} is disabled: whatever he asks for is refused", person.subject),
        Stands::Revoked => {
            eprintln!("taihu: a role of {} was revoked since; an administrator may grant it", person.subject)
        }
    }
    let issuer = LocalIssuer::open(data).map_err(ServeError::from)?;
    let token = issuer.token(person.subject.as_str(), Timestamp::now(), args.hours).map_err(ServeError::from)?;
    match output {
        Output::Text => println!("{token}"),
        Output::Json => {
            let ready = stands == Stands::Ready;
            println!(
                "{}",
                json!({ "token": token, "subject": person.subject.as_str(), "ready": ready, "hours": args.hours })
            );
        }
    }
    Ok(Exit::Done)
}

/// In this process: nobody serves the folder.
async fn alone(args: &TokenArgs, served: Served, person: &Person) -> Result<Stands, Failure> {
    let options = Options {
        data: args.folder.data.clone(),
        addr: served.door.ip(),
        port: 0,
        beginning: Beginning::Empty,
        lambda: None,
    };
    let (machine, _stream) = Machine::start(&options, served.door).await?;
    let stands = match Api::now(&machine) {
        Ok(mut api) => ensured(&mut api, person).await,
        Err(error) => Err(error.into()),
    };
    machine.cloud.shutdown().await;
    stands
}

async fn ensured(api: &mut Api<'_>, person: &Person) -> Result<Stands, Failure> {
    let outcome = async {
        staff::take_office(api).await?;
        for department in staff::unregistered(api, person).await? {
            eprintln!(
                "taihu: there is no department `{department}` yet: roles in it count from the day it is registered"
            );
        }
        staff::ensure(api, person).await
    };
    outcome.await.map_err(|said| ServeError::Staff(said).into())
}

fn person(args: &TokenArgs) -> Result<Person, Malformed> {
    let roles: Vec<Role> = args.role.iter().copied().map(Into::into).collect();
    let department = args.department.as_str();
    let code: DepartmentCode = department.parse()?;
    let person = match (&args.sites, args.city) {
        (None, false) => Person::of(&roles, department)?,
        (None, true) => Person::within(&roles, department, &[Scope::CITY])?,
        (Some(labels), _) => {
            let scopes = labels.iter().map(|label| Ok(Scope::on(&code, &label.parse()?)));
            Person::within(&roles, department, &scopes.collect::<Result<Vec<_>, Malformed>>()?)?
        }
    };
    match &args.sub {
        Some(subject) => person.named(subject),
        None => Ok(person),
    }
}
