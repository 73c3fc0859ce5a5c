//! What a certificate is worth follows from how it came into the register.

use chancery_register::{
    AuthLevel, Awaiting, CertificateLogInError, EnrolmentError, Letter, LogIn, Notice, Permission,
    Principal, Role,
};
use chancery_x509::RevocationReason;

use super::made::*;
use crate::totp::enrol as enrol_totp;
use crate::world::*;

impl Scene {
    async fn enrolled_by(&self, principal: &Principal, spec: Spec) -> Holder {
        let holder = spec.by(&self.root);
        self.prove_anew(principal, &holder).await;
        holder
    }

    async fn promote(&self) {
        let roles = [Role::Subscriber, Role::RaOfficer].into_iter().collect();
        let register = &self.world.register;
        let promoted = register.set_roles(self.jana.person, &roles, operator(), NOW);
        promoted.await.unwrap();
    }
}

fn one_factor<T>(result: &Result<T, CertificateLogInError>) -> bool {
    matches!(result, Err(CertificateLogInError::OneFactor))
}

#[tokio::test]
async fn staff_need_no_totp_beside_a_certificate_that_two_factors_registered() {
    for scene in scenes().await {
        let (_, enrolled) = enrol_totp(&scene.world, &scene.jana, NOW).await;
        let jana = scene.world.principal(&enrolled.log_in, NOW).await;
        assert_eq!(jana.level, AuthLevel::TwoFactor);
        let holder = scene.enrolled_by(&jana, Spec::signing()).await;
        scene.promote().await;
        let log_in = scene.with(&holder).await.unwrap();
        assert!(matches!(log_in, LogIn::Done(_)));
        let principal = scene.world.principal(&log_in, NOW).await;
        assert!(principal.may(Permission::DecideApplications));
        assert!(principal.opened_by.as_ref().unwrap().two_factors);
        // And in that session further ones are registered that are worth as much.
        let second = Spec::signing().serial(8);
        let second = scene.enrolled_by(&principal, second).await;
        let log_in = scene.with(&second).await.unwrap();
        let principal = scene.world.principal(&log_in, NOW).await;
        assert!(principal.may(Permission::DecideApplications));
    }
}

#[tokio::test]
async fn a_certificate_that_a_password_registered_makes_nobody_staff() {
    for scene in scenes().await {
        let weak = scene.enrolled_by(&scene.jana, Spec::signing()).await;
        let log_in = scene.with(&weak).await.unwrap();
        let session = scene.world.principal(&log_in, NOW).await;
        assert!(!session.opened_by.as_ref().unwrap().two_factors);
        // Registered in a session that the weak one opened, the next is weak too.
        let heir = Spec::signing().serial(8);
        let heir = scene.enrolled_by(&session, heir).await;
        scene.promote().await;
        assert!(one_factor(&scene.with(&weak).await));
        assert!(one_factor(&scene.with(&heir).await));
        // Another order of events: the role is given while a session is open, whoever forgot to end it.
        let roles = "subscriber";
        let back = chancery_store::args![roles, scene.jana.person];
        let mut batch = chancery_store::Batch::new();
        batch.one("update register_people set roles = $1 where id = $2", back);
        scene.world.store.commit(batch).await.unwrap();
        let log_in = scene.with(&weak).await.unwrap();
        let mut batch = chancery_store::Batch::new();
        let given = chancery_store::args!["subscriber ra-officer", scene.jana.person];
        batch.one("update register_people set roles = $1 where id = $2", given);
        scene.world.store.commit(batch).await.unwrap();
        let token = log_in.token().expose();
        assert!(scene.world.session(token, NOW).await.is_none());
    }
}

#[tokio::test]
async fn a_weak_certificate_spares_nobody_the_second_factor() {
    for scene in scenes().await {
        let weak = scene.enrolled_by(&scene.jana, Spec::signing()).await;
        enrol_totp(&scene.world, &scene.jana, NOW).await;
        for promoted in [false, true] {
            if promoted {
                scene.promote().await;
            }
            let log_in = scene.with(&weak).await.unwrap();
            assert!(matches!(log_in, LogIn::TotpNeeded(_)));
            let waiting = scene.world.principal(&log_in, NOW).await;
            assert_eq!(waiting.awaiting, Some(Awaiting::TotpCode));
            for permission in Permission::ALL {
                assert!(!waiting.may(permission));
            }
            // Nor is the second factor replaced by who did not give it.
            let register = &scene.world.register;
            let refused = register.begin_enrolment(&waiting).await;
            assert!(matches!(refused, Err(EnrolmentError::AlreadyEnrolled)));
        }
    }
}

#[tokio::test]
async fn a_weak_certificate_sets_no_second_factor_up() {
    for scene in scenes().await {
        let weak = scene.enrolled_by(&scene.jana, Spec::signing()).await;
        let log_in = scene.with(&weak).await.unwrap();
        let session = scene.world.principal(&log_in, NOW).await;
        assert_eq!(session.awaiting, None);
        let register = &scene.world.register;
        let refused = register.begin_enrolment(&session).await;
        assert!(matches!(refused, Err(EnrolmentError::OneFactor)));
        let refused = register.confirm_enrolment(&session, "123456", NOW).await;
        assert!(matches!(refused, Err(EnrolmentError::OneFactor)));
        // The password does, and a certificate that was registered after that may replace it.
        let (_, enrolled) = enrol_totp(&scene.world, &scene.jana, NOW).await;
        let jana = scene.world.principal(&enrolled.log_in, NOW).await;
        let strong = Spec::signing().serial(8);
        let strong = scene.enrolled_by(&jana, strong).await;
        let log_in = scene.with(&strong).await.unwrap();
        let session = scene.world.principal(&log_in, NOW).await;
        register.begin_enrolment(&session).await.unwrap();
    }
}

#[tokio::test]
async fn what_log_in_learns_of_a_revocation_is_kept_told_and_ends_sessions() {
    for scene in scenes().await {
        let holder = scene.enrolled_by(&scene.jana, Spec::signing()).await;
        let log_in = scene.with(&holder).await.unwrap();
        scene.world.letters().await;
        let publish = |reason| {
            let revoked = [(&holder.certificate, reason)];
            scene.web.publish(scene.root.list(&revoked));
        };
        publish(RevocationReason::CertificateHold);
        let refused = scene.with(&holder).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Suspended { .. })
        ));
        let token = log_in.token().expose();
        assert!(scene.world.session(token, NOW).await.is_none());
        let known = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None);
        let known = known.await.unwrap();
        assert!(known[0].revoked.is_some());
        let told = |letters: &[Letter<Notice>]| {
            let revoked =
                |one: &&Letter<Notice>| matches!(one.notice, Notice::RegisteredRevoked { .. });
            letters.iter().filter(revoked).count()
        };
        assert_eq!(told(&scene.world.letters().await), 1);
        // Once is enough.
        scene.with(&holder).await.unwrap_err();
        assert_eq!(told(&scene.world.letters().await), 0);
        // The suspension ends, and that is kept too.
        scene.web.publish(scene.root.list(&[]));
        scene.with(&holder).await.unwrap();
        let known = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None);
        assert!(known.await.unwrap()[0].revoked.is_none());
        publish(RevocationReason::KeyCompromise);
        scene.with(&holder).await.unwrap_err();
        // From then on nobody needs to be asked.
        scene.web.go_dark();
        let refused = scene.with(&holder).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Revoked { .. })
        ));
    }
}

#[tokio::test]
async fn a_certificate_that_is_removed_ends_the_sessions_that_it_opened() {
    for scene in scenes().await {
        let holder = scene.enrolled_by(&scene.jana, Spec::signing()).await;
        let log_in = scene.with(&holder).await.unwrap();
        let token = log_in.token().expose();
        assert!(scene.world.session(token, NOW).await.is_some());
        let known = scene
            .certificates
            .certificates_of(&scene.jana, scene.jana.person, None);
        let id = known.await.unwrap()[0].id;
        let removed = scene.certificates.withdraw(&scene.jana, id, NOW);
        removed.await.unwrap();
        assert!(scene.world.session(token, NOW).await.is_none());
        assert!(matches!(
            scene.with(&holder).await,
            Err(CertificateLogInError::NotRegistered)
        ));
    }
}

#[tokio::test]
async fn a_password_change_leaves_the_session_as_it_was_opened() {
    for scene in scenes().await {
        let holder = scene.enrolled_by(&scene.jana, Spec::signing()).await;
        let log_in = scene.with(&holder).await.unwrap();
        let before = scene.world.principal(&log_in, NOW).await;
        let (old, new) = (secret(PASSWORD), secret("sedm-velbloudu-na-ledu-9"));
        let register = &scene.world.register;
        let changed = register.change_secret(&before, Some(&old), &new, NOW);
        let changed = changed.await.unwrap();
        let after = scene.world.principal(&changed, NOW).await;
        assert_eq!(after.opened_by, before.opened_by);
        assert_eq!(after.level, AuthLevel::Certificate);
    }
}

#[tokio::test]
async fn a_handshake_logs_in_like_a_token_and_is_told_apart() {
    for scene in scenes().await {
        let holder = scene.enrolled_by(&scene.jana, Spec::signing()).await;
        let by_handshake = async |certificate| {
            let certificates = &scene.certificates;
            certificates
                .log_in_by_handshake(certificate, HOME, NOW)
                .await
        };
        let log_in = by_handshake(&holder.certificate).await.unwrap();
        let session = scene.world.principal(&log_in, NOW).await;
        assert_eq!(session.level, AuthLevel::Certificate);
        assert!(session.opened_by.unwrap().handshake);
        let stranger = Spec::signing().serial(9).by(&scene.root);
        assert!(matches!(
            by_handshake(&stranger.certificate).await,
            Err(CertificateLogInError::NotRegistered)
        ));
        let revoked = [(&holder.certificate, RevocationReason::KeyCompromise)];
        scene.web.publish(scene.root.list(&revoked));
        assert!(matches!(
            by_handshake(&holder.certificate).await,
            Err(CertificateLogInError::Revoked { .. })
        ));
    }
}
