//! Portuguese.

use super::Row;
use crate::meaning::Meaning::Day;

/// Every phrase of Portuguese that the grammar knows, but for the names of holidays.
pub(super) const TABLE: &[Row] = &[(Day(0), "hoje"), (Day(1), "amanhã"), (Day(-1), "ontem")];
