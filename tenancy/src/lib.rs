//! Who the tenants are, how their bookings behave, how they speak, and which keys open their doors.
//!
//! Owns the tables `tenants`, `tenant_facts` and `api_keys`. Members and roles come with the
//! console.

mod api_key;
mod error;
mod facts;
mod tenant;

pub use api_key::{ApiKey, NewApiKey, authenticate, create_api_key, revoke_api_key};
pub use error::TenancyError;
pub use facts::{TenantFact, facts, set_fact};
pub use tenant::{
    BookingRules, NewTenant, NoShowThen, StoredTone, Tenant, create_tenant, load_tenant, lock_tone,
    set_tone, update_rules,
};
