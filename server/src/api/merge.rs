//! `PATCH` as RFC 7396 has it: a field that is sent replaces, `null` goes back to the default, and
//! what is not sent stays.

use std::{borrow::Cow, marker::PhantomData};

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{RefOr, schema::Schema},
};

use crate::{body, problem::Problem};

/// A change to a `T`.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(crate) struct Merge<T> {
    patch: Map<String, Value>,
    #[serde(skip)]
    of: PhantomData<T>,
}

impl<T: Serialize + DeserializeOwned> Merge<T> {
    /// `current`, changed.
    ///
    /// # Errors
    ///
    /// A problem that names the field, when the result is not a `T`.
    pub(crate) fn apply(self, current: &T) -> Result<T, Problem> {
        let mut merged =
            serde_json::to_value(current).map_err(|error| Problem::internal(&error))?;
        merge(&mut merged, Value::Object(self.patch));
        body::from_value(merged)
    }

    /// `current`, changed, as JSON: for what is kept as its owner's changes to something else.
    pub(crate) fn over(&self, mut current: Value) -> Value {
        merge(&mut current, Value::Object(self.patch.clone()));
        current
    }
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Value::Object(target) = target {
        for (key, value) in patch {
            if value.is_null() {
                target.remove(&key);
            } else {
                merge(target.entry(key).or_insert(Value::Null), value);
            }
        }
    }
}

impl<T: ToSchema> PartialSchema for Merge<T> {
    fn schema() -> RefOr<Schema> {
        let mut schema = T::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            object.required.clear();
            object.description =
                Some("Send only what changes; `null` goes back to the default.".to_owned());
        }
        schema
    }
}

impl<T: ToSchema> ToSchema for Merge<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Patch", T::name()))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
    }
}
