//! Points and scores: decimal, to the hundredth, so that sums are exact.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// Points, in hundredths; in the API a number with at most two decimals.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    sea_orm::DeriveValueType,
    utoipa::ToSchema,
)]
#[schema(value_type = f64)]
pub struct Points(pub i32);

impl Points {
    /// Whole points.
    pub const fn whole(points: i32) -> Self {
        Points(points * 100)
    }

    /// This part of them, rounded to the nearest hundredth; `part` lies between 0 and 1.
    pub fn part(self, part: f64) -> Self {
        Points((f64::from(self.0) * part.clamp(0.0, 1.0)).round() as i32)
    }

    /// What share of `all` they are, 0–1; 0 of nothing.
    pub fn share_of(self, all: Points) -> f64 {
        if all.0 == 0 { 0.0 } else { f64::from(self.0) / f64::from(all.0) }
    }
}

impl std::iter::Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        Points(points.map(|p| p.0).sum())
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 100.0)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let points = f64::deserialize(deserializer)? * 100.0;
        let rounded = points.round();
        if (points - rounded).abs() > 1e-6 || !(0.0..=10_000_000.0).contains(&rounded) {
            return Err(D::Error::custom("points lie between 0 and 100000, with at most two decimals"));
        }
        Ok(Points(rounded as i32))
    }
}
