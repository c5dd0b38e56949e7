//! The environment of the functions, typed.

mod notices;
mod personal;

use std::{fmt, path::PathBuf};

use thiserror::Error;

pub use notices::{Notices, Texts};
pub use personal::{Personal, RootKey};

/// Everything a deployment decides (docs/ARCHITECTURE.md, "Environment").
#[derive(Debug, Clone)]
pub struct Config {
    /// DynamoDB tables.
    pub tables: Tables,
    /// S3 buckets.
    pub buckets: Buckets,
    /// Template generation, given at deployment; a rollback is a higher one.
    pub generation: u64,
    /// Public addresses.
    pub city: City,
    /// How index numbers are composed, as `domain` spells it; none is the national form.
    pub index_scheme: Option<String>,
    /// What tokens are checked against; none in functions without callers.
    pub tokens: Option<Tokens>,
    /// Subject of the person who may make himself the city's first administrator; none where that is done.
    pub administrator: Option<String>,
    /// How long and how often a site may be under rectification, if not as the national guideline says.
    pub rectification: Rectification,
    /// How often something may be tried at the front door, if not as the house has it.
    pub form_limits: FormLimits,
    /// The CDN's purge door, where there is one.
    pub purge: Option<PurgeDoor>,
    /// Id of the CloudFront distribution that is told of withdrawals, in the function that tells it.
    pub distribution: Option<String>,
    /// What the CDN must send in `x-taihu-origin`; none where nothing else can reach the functions.
    pub origin_secret: Option<Secret>,
    /// Where staff sign in, in the function that has them do so.
    pub desk: Option<Desk>,
    /// Where personal data lies, in the functions that handle it.
    pub personal: Option<Personal>,
    /// How messages go out, in the function that sends them.
    pub notices: Notices,
    /// Where the services are, if not where the SDK looks.
    pub endpoints: Endpoints,
    /// Keys for requests to the services, if not those the SDK finds.
    pub keys: Option<Keys>,
}

/// Names of the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    /// Commits.
    pub ledger: String,
    /// Claims on names.
    pub guards: String,
    /// Read models.
    pub views: String,
    /// Tries at the front door, in functions that citizens write to.
    pub attempts: Option<String>,
    /// Messages, in the function that sends them.
    pub outbox: Option<String>,
    /// What is searched for, in functions that count or tell it.
    pub terms: Option<String>,
}

/// Names of the buckets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buckets {
    /// Document bodies and the files beside them.
    pub bodies: String,
    /// Uploads that nobody has looked at.
    pub quarantine: String,
    /// Pages.
    pub pages: String,
    /// The search index, in functions that write or read it.
    pub index: Option<String>,
}

/// Public addresses of the city's sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    /// `localhost:8080`, `wuxi.gov.cn`: a site's host is `<label>.<domain>`.
    pub domain: String,
    /// Scheme of public URLs.
    pub scheme: Scheme,
    /// Label of the portal site.
    pub portal: String,
}

impl City {
    /// The public URL of `path` (with its leading slash) on the site `label`.
    #[must_use]
    pub fn url(&self, label: &str, path: &str) -> String {
        format!("{}://{label}.{}{path}", self.scheme.as_str(), self.domain)
    }
}

/// Scheme of public URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// On one machine only.
    Http,
    /// Everywhere else.
    Https,
}

impl Scheme {
    /// `http` or `https`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// What bearer tokens are checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Expected `iss`.
    pub issuer: String,
    /// Expected `aud`.
    pub audience: String,
    /// A JWKS document (RFC 7517).
    pub jwks: String,
}

/// The staff's desk: its OpenID provider, and what it seals its cookies with.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The provider's authorization endpoint.
    pub authorize: String,
    /// The provider's token endpoint.
    pub token: String,
    /// The desk's name at the provider.
    pub client: String,
    /// Its secret there, if it has one.
    pub client_secret: Option<Secret>,
    /// What cookies and forms are sealed with.
    pub secret: Secret,
}

/// A deployment's own limits of rectifications; none is the national one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rectification {
    /// Most days of one.
    pub days: Option<u16>,
    /// How many in a year.
    pub times_a_year: Option<u16>,
}

/// How often something may be tried from one address, or for one number; none is as the house has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FormLimits {
    /// Query codes, in fifteen minutes.
    pub tries: Option<u16>,
    /// Forms sent with a proof of work, in an hour.
    pub submissions: Option<u16>,
    /// Forms sent without, in an hour.
    pub plain_submissions: Option<u16>,
}

/// Where purges go.
#[derive(Debug, Clone)]
pub struct PurgeDoor {
    /// Its URL.
    pub url: String,
    /// What it wants to be shown.
    pub secret: Secret,
}

/// Where the services are; set on one machine only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// DynamoDB.
    pub dynamodb: Option<String>,
    /// S3; set, buckets are addressed by path.
    pub s3: Option<String>,
    /// CloudFront.
    pub cloudfront: Option<String>,
}

impl Endpoints {
    /// Reads the process's environment: the SDK's own variables.
    #[must_use]
    pub fn from_env() -> Self {
        Self::from_lookup(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
    }

    fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            dynamodb: lookup("AWS_ENDPOINT_URL_DYNAMODB"),
            s3: lookup("AWS_ENDPOINT_URL_S3"),
            cloudfront: lookup("AWS_ENDPOINT_URL_CLOUDFRONT"),
        }
    }
}

/// Access keys and region for the emulated services.
#[derive(Debug, Clone)]
pub struct Keys {
    /// Region that requests are signed for.
    pub region: String,
    /// Access key id.
    pub access_key: String,
    /// Secret access key.
    pub secret_key: Secret,
}

/// A text that never shows itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Keeps `text`.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text, for the one place that sends or compares it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why a process cannot start.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A variable is not set, or empty.
    #[error("the environment variable `{variable}` is not set")]
    Missing {
        /// Its name.
        variable: &'static str,
    },
    /// A variable does not say what it should.
    #[error("the environment variable `{variable}` must be {expected}")]
    Malformed {
        /// Its name.
        variable: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// A variable names a file that cannot be read.
    #[error("the file named by `{variable}` cannot be read")]
    File {
        /// Its name.
        variable: &'static str,
        /// Why.
        source: std::io::Error,
    },
}

impl Config {
    /// Reads the process's environment.
    ///
    /// # Errors
    /// The first variable that is missing or malformed.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// Reads variables through `lookup`; an empty one counts as not set.
    ///
    /// # Errors
    /// The first variable that is missing or malformed.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let optional = |name: &str| lookup(name).filter(|value| !value.is_empty());
        let required = |variable: &'static str| optional(variable).ok_or(ConfigError::Missing { variable });
        Ok(Self {
            tables: Tables {
                ledger: required("TAIHU_LEDGER_TABLE")?,
                guards: required("TAIHU_GUARDS_TABLE")?,
                views: required("TAIHU_VIEWS_TABLE")?,
                attempts: optional("TAIHU_ATTEMPTS_TABLE"),
                outbox: optional("TAIHU_OUTBOX_TABLE"),
                terms: optional("TAIHU_TERMS_TABLE"),
            },
            buckets: Buckets {
                bodies: required("TAIHU_BODIES_BUCKET")?,
                quarantine: required("TAIHU_QUARANTINE_BUCKET")?,
                pages: required("TAIHU_PAGES_BUCKET")?,
                index: optional("TAIHU_INDEX_BUCKET"),
            },
            generation: required("TAIHU_GENERATION")?
                .parse()
                .map_err(|_| ConfigError::Malformed { variable: "TAIHU_GENERATION", expected: "a whole number" })?,
            city: City {
                domain: required("TAIHU_CITY_DOMAIN")?,
                scheme: scheme(&required("TAIHU_SCHEME")?)?,
                portal: required("TAIHU_PORTAL")?,
            },
            index_scheme: optional("TAIHU_INDEX_SCHEME"),
            tokens: tokens(optional)?,
            administrator: optional("TAIHU_ADMINISTRATOR"),
            rectification: Rectification {
                days: number(optional, "TAIHU_RECTIFICATION_DAYS")?,
                times_a_year: number(optional, "TAIHU_RECTIFICATIONS_A_YEAR")?,
            },
            form_limits: FormLimits {
                tries: number(optional, "TAIHU_CODE_TRIES")?,
                submissions: number(optional, "TAIHU_SUBMISSIONS_AN_HOUR")?,
                plain_submissions: number(optional, "TAIHU_PLAIN_SUBMISSIONS_AN_HOUR")?,
            },
            purge: match optional("TAIHU_PURGE_URL") {
                None => None,
                Some(url) => Some(PurgeDoor { url, secret: Secret::new(required("TAIHU_PURGE_SECRET")?) }),
            },
            distribution: optional("TAIHU_CDN_DISTRIBUTION").map(distribution).transpose()?,
            origin_secret: optional("TAIHU_ORIGIN_SECRET").map(Secret),
            desk: desk(optional)?,
            personal: Personal::from_lookup(optional)?,
            notices: Notices::from_lookup(optional)?,
            endpoints: Endpoints::from_lookup(optional),
            keys: None,
        })
    }

    /// Where staff sign in, for the function that has them do so.
    ///
    /// # Errors
    /// The deployment did not say.
    pub fn desk(&self) -> Result<&Desk, ConfigError> {
        self.desk.as_ref().ok_or(ConfigError::Missing { variable: "TAIHU_OIDC_AUTHORIZE" })
    }

    /// The table of tries, for a function that citizens write to.
    ///
    /// # Errors
    /// The deployment gave it none.
    pub fn attempts(&self) -> Result<&str, ConfigError> {
        self.tables.attempts.as_deref().ok_or(ConfigError::Missing { variable: "TAIHU_ATTEMPTS_TABLE" })
    }

    /// The bucket of the search index, for a function that writes or reads it.
    ///
    /// # Errors
    /// The deployment gave it none.
    pub fn index(&self) -> Result<&str, ConfigError> {
        self.buckets.index.as_deref().ok_or(ConfigError::Missing { variable: "TAIHU_INDEX_BUCKET" })
    }

    /// The table of messages, for the function that sends them.
    ///
    /// # Errors
    /// The deployment gave it none.
    pub fn outbox(&self) -> Result<&str, ConfigError> {
        self.tables.outbox.as_deref().ok_or(ConfigError::Missing { variable: "TAIHU_OUTBOX_TABLE" })
    }

    /// Where personal data lies, for a function that handles it.
    ///
    /// # Errors
    /// The deployment did not say.
    pub fn personal(&self) -> Result<&Personal, ConfigError> {
        self.personal.as_ref().ok_or(ConfigError::Missing { variable: "TAIHU_KEYS_TABLE" })
    }

    /// What tokens are checked against, for a function that has callers.
    ///
    /// # Errors
    /// The deployment gave it none.
    pub fn tokens(&self) -> Result<&Tokens, ConfigError> {
        self.tokens.as_ref().ok_or(ConfigError::Missing { variable: "TAIHU_ISSUER" })
    }
}

/// Distribution ids stand in a URL: letters and digits only.
fn distribution(id: String) -> Result<String, ConfigError> {
    match id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        true => Ok(id),
        false => Err(ConfigError::Malformed {
            variable: "TAIHU_CDN_DISTRIBUTION",
            expected: "the id of a CloudFront distribution",
        }),
    }
}

fn scheme(text: &str) -> Result<Scheme, ConfigError> {
    match text {
        "http" => Ok(Scheme::Http),
        "https" => Ok(Scheme::Https),
        _ => Err(ConfigError::Malformed { variable: "TAIHU_SCHEME", expected: "`http` or `https`" }),
    }
}

fn number(optional: impl Fn(&str) -> Option<String>, variable: &'static str) -> Result<Option<u16>, ConfigError> {
    let malformed = |_| ConfigError::Malformed { variable, expected: "a whole number below 65536" };
    optional(variable).map(|text| text.parse().map_err(malformed)).transpose()
}

/// The variables of the desk stand or fall together; a client need not have a secret.
fn desk(optional: impl Fn(&str) -> Option<String>) -> Result<Option<Desk>, ConfigError> {
    let names = ["TAIHU_OIDC_AUTHORIZE", "TAIHU_OIDC_TOKEN", "TAIHU_OIDC_CLIENT", "TAIHU_DESK_SECRET"];
    match names.map(&optional) {
        [None, None, None, None] => Ok(None),
        [Some(authorize), Some(token), Some(client), Some(secret)] => Ok(Some(Desk {
            authorize,
            token,
            client,
            client_secret: optional("TAIHU_OIDC_CLIENT_SECRET").map(Secret),
            secret: Secret(secret),
        })),
        some => {
            let missing = names.into_iter().zip(some).find(|(_, value)| value.is_none());
            Err(ConfigError::Missing { variable: missing.map_or("TAIHU_OIDC_AUTHORIZE", |(name, _)| name) })
        }
    }
}

/// The three variables of token checks stand or fall together.
fn tokens(optional: impl Fn(&str) -> Option<String>) -> Result<Option<Tokens>, ConfigError> {
    let values = (optional("TAIHU_ISSUER"), optional("TAIHU_AUDIENCE"), optional("TAIHU_JWKS"));
    match values {
        (None, None, None) => Ok(None),
        (Some(issuer), Some(audience), Some(jwks)) => {
            Ok(Some(Tokens { issuer, audience, jwks: document_or_file(jwks)? }))
        }
        (issuer, audience, _) => {
            let variable = match (issuer, audience) {
                (None, _) => "TAIHU_ISSUER",
                (_, None) => "TAIHU_AUDIENCE",
                _ => "TAIHU_JWKS",
            };
            Err(ConfigError::Missing { variable })
        }
    }
}

fn document_or_file(jwks: String) -> Result<String, ConfigError> {
    if jwks.trim_start().starts_with('{') {
        return Ok(jwks);
    }
    std::fs::read_to_string(PathBuf::from(jwks)).map_err(|source| ConfigError::File { variable: "TAIHU_JWKS", source })
}

#[cfg(test)]
mod tests;
