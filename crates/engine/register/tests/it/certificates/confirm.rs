//! Sensitive acts ask for a fresh signature.

use chancery_register::{
    CHALLENGE_LIFE, CONFIRMATION_LIFE, CertificateLogInError, Done, Principal, TokenProblem,
};
use chancery_x509::RevocationReason;

use super::made::*;
use crate::world::*;

const ACT: &str = "certificate.revoke 1";

impl Scene {
    async fn session_of(&self, holder: &Holder) -> Principal {
        let log_in = self.with(holder).await.unwrap();
        self.world.principal(&log_in, NOW).await
    }

    async fn asked(&self, principal: &Principal, act: &str) -> String {
        let certificates = &self.certificates;
        let challenge = certificates.confirmation_challenge(principal, act, NOW);
        challenge.await.unwrap().nonce
    }

    async fn confirmed(
        &self,
        principal: &Principal,
        act: &str,
        holder: &Holder,
        nonce: &str,
    ) -> Result<(), CertificateLogInError> {
        let token = holder.token(ORIGIN, nonce);
        self.certificates
            .confirm(principal, (act, Done::AtOnce), (&token, nonce), NOW)
            .await
    }
}

fn no_proof(result: &Result<(), CertificateLogInError>) -> bool {
    matches!(result, Err(CertificateLogInError::Proof(_)))
}

#[tokio::test]
async fn a_fresh_signature_confirms_one_act_of_one_session_once() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let session = scene.session_of(&holder).await;
        let nonce = scene.asked(&session, ACT).await;
        let confirmed = scene.confirmed(&session, ACT, &holder, &nonce).await;
        confirmed.unwrap();
        // Replayed.
        assert!(no_proof(
            &scene.confirmed(&session, ACT, &holder, &nonce).await
        ));
        // For another act, for another session of the same person, at the door of log-in.
        let nonce = scene.asked(&session, ACT).await;
        let other = "certificate.revoke 2";
        assert!(no_proof(
            &scene.confirmed(&session, other, &holder, &nonce).await
        ));
        let second = scene.session_of(&holder).await;
        assert!(no_proof(
            &scene.confirmed(&second, ACT, &holder, &nonce).await
        ));
        let visitor = scene.visitor();
        let token = holder.token(ORIGIN, &nonce);
        let refused = scene.answer(&token, &nonce, &visitor).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Proof(TokenProblem::OtherVisitor))
        ));
        // None of which spent it for whom it was made.
        let confirmed = scene.confirmed(&session, ACT, &holder, &nonce).await;
        confirmed.unwrap();
        // A challenge of log-in confirms nothing.
        let nonce = scene.nonce(&visitor).await;
        assert!(no_proof(
            &scene.confirmed(&session, ACT, &holder, &nonce).await
        ));
    }
}

#[tokio::test]
async fn only_the_persons_own_certificates_confirm_in_time() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let session = scene.session_of(&holder).await;
        // Another registered one of the same person will do.
        let second = scene.registered(Spec::signing().serial(8)).await;
        let nonce = scene.asked(&session, ACT).await;
        let confirmed = scene.confirmed(&session, ACT, &second, &nonce).await;
        confirmed.unwrap();

        let petr = scene.world.subscriber("petr@example.cz").await;
        let his = Spec::signing().serial(9).by(&scene.root);
        scene.prove_anew(&petr, &his).await;
        let nonce = scene.asked(&session, ACT).await;
        let refused = scene.confirmed(&session, ACT, &his, &nonce).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Proof(TokenProblem::OtherPerson))
        ));

        let nonce = scene.asked(&session, ACT).await;
        let revoked = [(&holder.certificate, RevocationReason::KeyCompromise)];
        scene.web.publish(scene.root.list(&revoked));
        let refused = scene.confirmed(&session, ACT, &holder, &nonce).await;
        assert!(matches!(
            refused,
            Err(CertificateLogInError::Revoked { .. })
        ));

        let nonce = scene.asked(&session, ACT).await;
        let token = holder.token(ORIGIN, &nonce);
        let late = NOW.plus(CHALLENGE_LIFE);
        let refused =
            scene
                .certificates
                .confirm(&session, (ACT, Done::AtOnce), (&token, &nonce), late);
        assert!(matches!(
            refused.await,
            Err(CertificateLogInError::Proof(TokenProblem::Late))
        ));
    }
}

#[tokio::test]
async fn a_signature_confirms_one_act_ahead() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let session = scene.session_of(&holder).await;
        let certificates = &scene.certificates;
        let nonce = scene.asked(&session, ACT).await;
        let token = holder.token(ORIGIN, &nonce);
        let ahead = (ACT, Done::Ahead);
        let confirmed = certificates.confirm(&session, ahead, (&token, &nonce), NOW);
        confirmed.await.unwrap();
        let again = certificates.confirm(&session, ahead, (&token, &nonce), NOW);
        assert!(no_proof(&again.await));
        for taken in [true, false] {
            let found = certificates.take_confirmation(&session, ACT, NOW).await;
            assert_eq!(found.unwrap(), taken);
        }
    }
}

#[tokio::test]
async fn a_handshake_confirms_one_act_for_a_while() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let session = scene.session_of(&holder).await;
        let certificates = &scene.certificates;
        let take = async |principal: &Principal, act, now| {
            let taken = certificates.take_confirmation(principal, act, now);
            taken.await.unwrap()
        };
        assert!(!take(&session, ACT, NOW).await);
        let confirm = async || {
            let leaf = &holder.certificate;
            let confirmed = certificates.confirm_by_handshake(&session, ACT, leaf, NOW);
            confirmed.await.unwrap();
        };
        confirm().await;
        confirm().await;
        assert!(!take(&session, "certificate.revoke 2", NOW).await);
        let second = scene.session_of(&holder).await;
        assert!(!take(&second, ACT, NOW).await);
        assert!(take(&session, ACT, NOW).await);
        assert!(!take(&session, ACT, NOW).await);
        confirm().await;
        let late = NOW.plus(CONFIRMATION_LIFE);
        assert!(!take(&session, ACT, late).await);
        scene.world.register.maintain(late).await.unwrap();
        let stranger = Spec::signing().serial(9).by(&scene.root);
        let leaf = &stranger.certificate;
        let refused = certificates.confirm_by_handshake(&session, ACT, leaf, NOW);
        assert!(matches!(
            refused.await,
            Err(CertificateLogInError::NotRegistered)
        ));
    }
}

#[tokio::test]
async fn guesses_at_confirming_are_slowed_down() {
    for scene in scenes().await {
        let holder = scene.registered(Spec::signing()).await;
        let session = scene.session_of(&holder).await;
        for _ in 0..6 {
            let nonce = "no challenge";
            assert!(no_proof(
                &scene.confirmed(&session, ACT, &holder, nonce).await
            ));
        }
        let nonce = scene.asked(&session, ACT).await;
        let refused = scene.confirmed(&session, ACT, &holder, &nonce).await;
        assert!(matches!(refused, Err(CertificateLogInError::Wait(_))));
    }
}
