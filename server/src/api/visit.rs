//! What a customer comes for: one service, or several in a row. As callers say it, and as it is
//! shown.

use booking::{Item, Segments, Visit};
use jiff::Timestamp;
use kernel::{AddOnId, Currency, Money, ResourceId, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{schema, values::Amount};
use crate::problem::Problem;

/// What a request says about its visit: `items`, or `service_id` with or without `resource_id`.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    pub(super) items: Option<Vec<ItemFields>>,
    pub(super) service_id: Option<ServiceId>,
    pub(super) resource_id: Option<ResourceId>,
    pub(super) party_size: PartySize,
}

/// One service of a visit, and on whom.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Item)]
pub(super) struct ItemFields {
    /// What for; a variation, where a service has some.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// On whom; the same as one of `resource_ids`.
    #[serde(default)]
    #[schema(value_type = Option<schema::ResourceId>)]
    resource_id: Option<ResourceId>,
    /// On one of these; on anybody when left out.
    #[serde(default)]
    #[schema(value_type = Option<Vec<schema::ResourceId>>, min_items = 1)]
    resource_ids: Option<Vec<ResourceId>>,
    /// Not on these.
    #[serde(default)]
    #[schema(value_type = Vec<schema::ResourceId>)]
    except_resource_ids: Vec<ResourceId>,
    /// On top of it: add-ons of this service.
    #[serde(default)]
    #[schema(value_type = Vec<schema::AddOnId>)]
    add_on_ids: Vec<AddOnId>,
}

/// How many people come.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u16")]
pub(super) struct PartySize(u16);

impl Default for PartySize {
    fn default() -> Self {
        Self(1)
    }
}

impl TryFrom<u16> for PartySize {
    type Error = &'static str;

    fn try_from(n: u16) -> Result<Self, Self::Error> {
        if (1..=500).contains(&n) { Ok(Self(n)) } else { Err("must be 1 to 500") }
    }
}

impl Wish {
    /// The visit, if it is said in one of the two ways.
    pub(super) fn visit(self) -> Result<Visit, Problem> {
        let items = match (self.items, self.service_id, self.resource_id) {
            (None, Some(service), resource) => vec![Item::new(service).on(resource)],
            (Some(_), Some(_), _) => return Err(one_way_only("/service_id")),
            (Some(_), None, Some(_)) => return Err(one_way_only("/resource_id")),
            (Some(items), None, None) => items
                .into_iter()
                .enumerate()
                .map(|(nth, item)| item.item(nth))
                .collect::<Result<_, _>>()?,
            (None, None, _) => {
                return Err(Problem::invalid(
                    "/service_id",
                    "is missing: send `service_id`, or `items` for several services",
                ));
            }
        };
        Ok(Visit { items, party_size: self.party_size.0 })
    }
}

fn one_way_only(pointer: &str) -> Problem {
    Problem::invalid(pointer, "must be left out when `items` are sent: say it in each of them")
}

impl ItemFields {
    fn item(self, nth: usize) -> Result<Item, Problem> {
        let at = format!("/items/{nth}/resource_ids");
        let among = match (self.resource_id, self.resource_ids) {
            (Some(_), Some(_)) => {
                return Err(Problem::invalid(at, "must be left out when `resource_id` is sent"));
            }
            (_, Some(among)) if among.is_empty() => {
                return Err(Problem::invalid(at, "must name somebody; leave it out for anybody"));
            }
            (Some(one), None) => Some(vec![one]),
            (None, among) => among,
        };
        Ok(Item {
            service: self.service_id,
            add_ons: self.add_on_ids,
            among,
            except: self.except_resource_ids,
        })
    }
}

/// One service of a visit.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SegmentView {
    /// What for.
    #[schema(value_type = schema::ServiceId)]
    service_id: ServiceId,
    /// Who does it, or at which table.
    #[schema(value_type = schema::ResourceId)]
    resource_id: ResourceId,
    /// What else is occupied: a room, a chair.
    #[schema(value_type = Vec<schema::ResourceId>)]
    also: Vec<ResourceId>,
    /// When it begins.
    starts_at: Timestamp,
    /// When it is over.
    ends_at: Timestamp,
    /// What it costs, add-ons included.
    price: Amount,
    /// What comes on top.
    #[schema(value_type = Vec<schema::AddOnId>)]
    add_on_ids: Vec<AddOnId>,
}

impl SegmentView {
    /// The services of a visit, in order.
    pub(super) fn all(segments: &Segments, currency: Currency) -> Vec<Self> {
        let view = |segment: &booking::Segment| Self {
            service_id: segment.service,
            resource_id: segment.resource,
            also: segment.also.clone(),
            starts_at: segment.during.start(),
            ends_at: segment.during.end(),
            price: Money { amount_minor: segment.price_minor, currency }.into(),
            add_on_ids: segment.add_ons.clone(),
        };
        segments.iter().map(view).collect()
    }
}
