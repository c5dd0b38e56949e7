//! Refusals in the words and shapes of dynoxide's own server.

use dynoxide::DynoxideError;
use serde::de::DeserializeOwned;

/// Reads a request, sorting what is wrong with it as dynoxide's server does.
pub(super) fn read<T: DeserializeOwned>(body: &str) -> Result<T, DynoxideError> {
    serde_json::from_str(body).map_err(|error| sort(&error.to_string()))
}

// dynoxide's request types mark the class of a refusal with a prefix of serde's message.
fn sort(message: &str) -> DynoxideError {
    if let Some(rest) = message.strip_prefix("SERIALIZATION_AS_READ:") {
        return DynoxideError::SerializationException(rest.to_owned());
    }
    if let Some(rest) = message.strip_prefix("VALIDATION_AS_READ:") {
        return DynoxideError::ValidationException(rest.to_owned());
    }
    let message = without_position(message);
    if let Some(rest) = message.strip_prefix("SERIALIZATION:") {
        DynoxideError::SerializationException(rest.to_owned())
    } else if let Some(rest) = message.strip_prefix("VALIDATION_REQUEST:") {
        DynoxideError::EnvelopedValidation(rest.to_owned())
    } else if let Some(rest) = message.strip_prefix("VALIDATION:") {
        DynoxideError::ValidationException(rest.to_owned())
    } else if ["missing field", "unknown variant", "invalid type: null", "AttributeValue"]
        .iter()
        .any(|sign| message.contains(sign))
    {
        DynoxideError::ValidationException(message.to_owned())
    } else {
        DynoxideError::SerializationException(message.to_owned())
    }
}

fn without_position(message: &str) -> &str {
    match message.rsplit_once(" at line ") {
        Some((said, position)) if position.contains("column") => said,
        _ => message,
    }
}

/// Gives a request-validation refusal the envelope its operation wears on AWS.
pub(super) fn envelope(operation: &str, error: DynoxideError) -> DynoxideError {
    match (operation, error) {
        ("PutItem" | "UpdateItem" | "DeleteItem", DynoxideError::EnvelopedValidation(message)) => {
            DynoxideError::ValidationException(format!("1 validation error detected: {message}"))
        }
        (_, DynoxideError::EnvelopedValidation(message)) => DynoxideError::ValidationException(message),
        (_, other) => other,
    }
}
