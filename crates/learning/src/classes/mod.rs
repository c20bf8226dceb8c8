//! Classes (培训班): teaching at a time and place, with sign-in and feedback (TRN-4 to TRN-6, EVL-1).

kexun_base::id!(
    /// A class.
    ClassId
);
