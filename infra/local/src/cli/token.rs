//! `taihu token`: a staff token from the folder's own issuer.

use domain::{ActorId, DepartmentCode, SiteLabel};
use jiff::Timestamp;
use serde_json::json;

use super::{
    args::{Output, Role, TokenArgs},
    exit::{Exit, Failure},
};
use crate::serve::{
    ServeError,
    keys::{Claims, LocalIssuer},
};

/// Runs `taihu token`.
///
/// The key lies in the folder and is only read, so a folder that is being served needs no asking.
///
/// # Errors
/// There is no city, its key cannot be read, or a name is malformed.
pub fn run(args: &TokenArgs, output: Output) -> Result<Exit, Failure> {
    let data = &args.folder.data;
    if !data.join("keys").exists() {
        return Err(Failure::NoCity(data.clone()));
    }
    let claims = claims(args)?;
    let issuer = LocalIssuer::open(data).map_err(ServeError::from)?;
    let token = issuer.token(&claims, Timestamp::now(), args.hours).map_err(ServeError::from)?;
    match output {
        Output::Text => println!("{token}"),
        Output::Json => println!("{}", json!({ "token": token, "claims": claims, "hours": args.hours })),
    }
    Ok(Exit::Done)
}

/// Names are checked here: a token that the API would refuse helps nobody.
fn claims(args: &TokenArgs) -> Result<Claims, Failure> {
    let other = |error: domain::id::Malformed| Failure::other(&error);
    let department: DepartmentCode = args.department.parse().map_err(other)?;
    let roles: Vec<String> = args.role.iter().map(|role| role.as_str().to_owned()).collect();
    let sub = args.sub.clone().unwrap_or_else(|| format!("{department}.{}", roles.join(".")));
    let sub: ActorId = sub.parse().map_err(other)?;
    for site in args.sites.iter().flatten() {
        let _label: SiteLabel = site.parse().map_err(other)?;
    }
    if args.city && !args.role.contains(&Role::Registrar) {
        return Err(Failure::Other("--city is for registrars only".to_owned()));
    }
    Ok(Claims {
        name: sub.to_string(),
        sub: sub.into(),
        roles,
        department: department.into(),
        sites: args.sites.clone(),
        scope: args.city.then(|| "city".to_owned()),
    })
}
