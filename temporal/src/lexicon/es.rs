//! Spanish.

use super::Row;
use crate::meaning::Meaning::Day;

/// Every phrase of Spanish that the grammar knows, but for the names of holidays.
pub(super) const TABLE: &[Row] = &[(Day(0), "hoy"), (Day(1), "mañana"), (Day(-1), "ayer")];
