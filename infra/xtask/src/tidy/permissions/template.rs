//! What the roles and policies of a CloudFormation template allow.

use std::collections::{BTreeMap, BTreeSet};

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

/// A role or a managed policy.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Holder {
    /// Managed policies a role has, by their names in the template.
    pub(super) policies: BTreeSet<String>,
    /// `action on resource`.
    pub(super) may: BTreeSet<String>,
}

/// What a template says of permissions.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Template {
    pub(super) holders: BTreeMap<String, Holder>,
    /// Functions that share a role, or have none of the template's: one sentence each.
    pub(super) shared: Vec<String>,
}

/// Reads a template.
///
/// # Errors
/// A sentence: it is no YAML, or a policy has another shape than this reads.
pub(super) fn read(text: &str) -> Result<Template, String> {
    let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
    let document = documents.first().map(value).unwrap_or_default();
    let resources = document.get("Resources").and_then(Value::as_object).ok_or("the template has no resources")?;
    let mut template = Template::default();
    for (name, resource) in resources {
        let properties = resource.get("Properties").unwrap_or(&Value::Null);
        match resource.get("Type").and_then(Value::as_str) {
            Some("AWS::IAM::Role") => {
                template.holders.insert(name.clone(), role(properties)?);
            }
            Some("AWS::IAM::ManagedPolicy") => {
                let may = statements(&properties["PolicyDocument"])?;
                template.holders.insert(name.clone(), Holder { may, ..Holder::default() });
            }
            _ => {}
        }
    }
    template.shared = shared(resources, &template.holders);
    Ok(template)
}

fn role(properties: &Value) -> Result<Holder, String> {
    let mut holder = Holder { policies: list(&properties["ManagedPolicyArns"])?, ..Holder::default() };
    for policy in properties.get("Policies").and_then(Value::as_array).into_iter().flatten() {
        holder.may.extend(statements(&policy["PolicyDocument"])?);
    }
    Ok(holder)
}

fn statements(document: &Value) -> Result<BTreeSet<String>, String> {
    let mut may = BTreeSet::new();
    for statement in document["Statement"].as_array().ok_or("a policy has no list of statements")? {
        if statement["Effect"] != "Allow" {
            return Err(format!("roles only allow; this one says {}", statement["Effect"]));
        }
        for action in list(&statement["Action"])? {
            may.extend(list(&statement["Resource"])?.iter().map(|resource| format!("{action} on {resource}")));
        }
    }
    Ok(may)
}

/// One text or several; none where there is nothing.
fn list(value: &Value) -> Result<BTreeSet<String>, String> {
    let text = |value: &Value| value.as_str().map(str::to_owned).ok_or_else(|| format!("{value} is no text"));
    match value {
        Value::Null => Ok(BTreeSet::new()),
        Value::Array(values) => values.iter().map(text).collect(),
        value => Ok(BTreeSet::from([text(value)?])),
    }
}

/// Functions whose role is another's too, or is not in the template.
fn shared(resources: &Map<String, Value>, holders: &BTreeMap<String, Holder>) -> Vec<String> {
    let mut owners: BTreeMap<&str, &str> = BTreeMap::new();
    let mut sentences = Vec::new();
    for (name, resource) in resources.iter().filter(|(_, resource)| resource["Type"] == "AWS::Serverless::Function") {
        let role = resource
            .pointer("/Properties/Role")
            .and_then(Value::as_str)
            .and_then(|arn| arn.strip_suffix(".Arn"))
            .unwrap_or_default();
        if !holders.contains_key(role) {
            sentences.push(format!("the function `{name}` has no role of this template"));
        } else if let Some(other) = owners.insert(role, name) {
            sentences.push(format!("the functions `{other}` and `{name}` share `{role}`"));
        }
    }
    sentences
}

/// A node without its tag: `!Ref Pages` is `Pages`, `!GetAtt Pages.Arn` is `Pages.Arn`, `!Sub "…"` is its text.
fn value(node: &Yaml<'_>) -> Value {
    match node {
        Yaml::Tagged(_, inner) => value(inner),
        Yaml::Sequence(nodes) => nodes.iter().map(value).collect(),
        Yaml::Mapping(entries) => {
            let named = entries.iter().filter_map(|(name, node)| Some((name.as_str()?.to_owned(), value(node))));
            Value::Object(named.collect())
        }
        Yaml::Value(Scalar::Null) | Yaml::Alias(_) | Yaml::BadValue => Value::Null,
        Yaml::Value(Scalar::Boolean(is)) => Value::Bool(*is),
        Yaml::Value(Scalar::Integer(number)) => Value::from(*number),
        Yaml::Value(Scalar::FloatingPoint(number)) => Value::from(number.into_inner()),
        Yaml::Value(Scalar::String(text)) | Yaml::Representation(text, ..) => Value::String(text.to_string()),
    }
}
