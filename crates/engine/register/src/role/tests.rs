use super::*;

/// The whole matrix, spelt: a permission, then subscriber, RA officer, RA supervisor, CA operator, auditor.
const MATRIX: [(Permission, [bool; 5]); 18] = {
    const Y: bool = true;
    const N: bool = false;
    use Permission as P;
    [
        (P::EditProfile, [Y, Y, Y, Y, Y]),
        (P::PlaceOrder, [Y, N, N, N, N]),
        (P::ReadOwnOrders, [Y, N, N, N, N]),
        (P::EditOwnOrders, [Y, N, N, N, N]),
        (P::ReadOwnCertificates, [Y, N, N, N, N]),
        (P::RevokeOwnCertificates, [Y, N, N, N, N]),
        (P::ReadApplications, [N, Y, Y, N, Y]),
        (P::DecideApplications, [N, Y, Y, N, N]),
        (P::SearchCertificates, [N, Y, Y, Y, Y]),
        (P::RevokeAnyCertificate, [N, Y, Y, Y, N]),
        (P::ReadAuthorities, [N, Y, Y, Y, Y]),
        (P::OperateAuthorities, [N, N, N, Y, N]),
        (P::ReadPeople, [N, N, Y, N, Y]),
        (P::InviteStaff, [N, N, Y, N, N]),
        (P::ManageParticipants, [N, N, Y, N, N]),
        (P::ReadStatistics, [N, N, Y, N, Y]),
        (P::ReadOperations, [N, N, N, Y, Y]),
        (P::ReadAudit, [N, N, N, N, Y]),
    ]
};

#[test]
fn the_matrix_is_what_it_says() {
    for (row, permission) in MATRIX.iter().zip(Permission::ALL) {
        assert_eq!(row.0, permission, "the matrix lists every permission once");
        for (role, expected) in Role::ALL.into_iter().zip(row.1) {
            assert_eq!(role.permits(permission), expected, "{role} {permission:?}");
        }
    }
}

#[test]
fn only_staff_reach_beyond_their_own() {
    for permission in Permission::ALL {
        assert_eq!(
            permission.is_staff(),
            !Role::Subscriber.permits(permission),
            "{permission:?}"
        );
    }
}

#[test]
fn nobody_both_decides_and_audits() {
    for role in Role::ALL {
        assert!(
            !(role.permits(Permission::ReadAudit) && role.permits(Permission::DecideApplications))
        );
    }
}

#[test]
fn roles_survive_storage() {
    for role in Role::ALL {
        assert_eq!(role.name().parse(), Ok(role));
    }
    let roles = Roles::new([Role::Auditor, Role::Subscriber, Role::Auditor]);
    assert_eq!(roles.to_stored(), "subscriber auditor");
    assert_eq!(Roles::from_stored("subscriber auditor"), Ok(roles));
    assert_eq!(
        Roles::from_stored("root"),
        Err(ParseRoleError("root".to_owned()))
    );
}
