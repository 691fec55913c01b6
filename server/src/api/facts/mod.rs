//! The business's own answers to questions the catalogue does not hold.

use axum::{Json, extract::State};
use dialog::Topic;
use kernel::Locale;
use platform::{Db, TenantTx};
use serde::{Deserialize, Serialize};
use tenancy::TenantFact;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    page::{Page, PageQuery},
    schema,
    values::Text,
};
use crate::{
    app::App,
    auth::Caller,
    body::{ApiJson, ApiQuery},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list, put))
}

/// One answer in one language.
#[derive(Debug, Serialize, ToSchema)]
struct FactView {
    /// What about.
    #[schema(value_type = schema::Topic)]
    topic: String,
    /// In which language.
    #[schema(value_type = schema::Locale)]
    locale: Locale,
    /// The words, as they are sent.
    #[schema(example = "There is a car park two minutes away.")]
    body: String,
}

impl From<TenantFact> for FactView {
    fn from(fact: TenantFact) -> Self {
        Self { topic: fact.topic, locale: fact.locale, body: fact.body }
    }
}

/// Answers to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutFacts {
    /// At most 100. Answers on other topics, or in other languages, stay.
    #[schema(max_items = 100)]
    data: Vec<PutFact>,
}

/// One answer in one language, in place of the one before.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PutFact {
    /// What about.
    #[schema(value_type = schema::Topic)]
    topic: Topic,
    /// In which language.
    #[schema(value_type = schema::Locale)]
    locale: Locale,
    /// The words, as they are sent; 1 to 1000 characters.
    #[schema(value_type = String, min_length = 1, max_length = 1000)]
    body: Text<1000>,
}

/// List the business's own answers.
///
/// By topic, then by language.
#[utoipa::path(get, path = "/v1/facts", operation_id = "list_facts", tag = "Business",
    params(PageQuery),
    responses((status = 200, description = "Answers", body = Page<FactView>)))]
async fn list(
    caller: Caller,
    State(db): State<Db>,
    ApiQuery(query): ApiQuery<PageQuery>,
) -> Result<Json<Page<FactView>>, Problem> {
    let mut tx = db.tenant(caller.tenant_id).await?;
    page(&mut tx, &query).await.map(Json)
}

/// Write answers.
///
/// Those that are there already are replaced; the rest stay. Gives the first page of all answers.
#[utoipa::path(put, path = "/v1/facts", operation_id = "put_facts", tag = "Business",
    request_body = PutFacts,
    responses((status = 200, description = "Answers as they are now", body = Page<FactView>)))]
async fn put(
    caller: Caller,
    State(db): State<Db>,
    ApiJson(request): ApiJson<PutFacts>,
) -> Result<Json<Page<FactView>>, Problem> {
    if request.data.len() > 100 {
        return Err(Problem::invalid("/data", "must be at most 100"));
    }
    let mut tx = db.tenant(caller.tenant_id).await?;
    for fact in request.data {
        let fact = TenantFact {
            topic: fact.topic.key().to_owned(),
            locale: fact.locale,
            body: fact.body.into(),
        };
        tenancy::set_fact(&mut tx, &fact).await?;
    }
    let page = page(&mut tx, &PageQuery::default()).await?;
    tx.commit().await?;
    Ok(Json(page))
}

async fn page(tx: &mut TenantTx, query: &PageQuery) -> Result<Page<FactView>, Problem> {
    let facts = tenancy::facts(tx).await?;
    Page::within(facts, query, |fact| (fact.topic.clone(), fact.locale), FactView::from)
}
