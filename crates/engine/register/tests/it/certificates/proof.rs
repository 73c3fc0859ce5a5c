use chancery_register::{
    CHALLENGE_LIFE, CertificateError, CertificateLogInError, Notice, Principal, Proof,
    ProofProblem, RegisteredCertificateId, TokenProblem,
};
use chancery_x509::extension::{self, GeneralName};

use super::made::*;
use crate::world::*;

impl Scene {
    pub async fn proof(&self, by: &Principal, key: &Holder) -> Proof {
        let challenge = self.certificates.proof_challenge(by, NOW).await.unwrap();
        Proof {
            token: key.token(ORIGIN, &challenge.nonce),
            nonce: challenge.nonce,
        }
    }

    async fn said(
        &self,
        by: &Principal,
        leaf: &Holder,
    ) -> Result<RegisteredCertificateId, CertificateError> {
        let said = enrol(by.person, leaf.certificate.as_der());
        self.certificates.enrol(by, &said, NOW).await
    }

    pub async fn with_proof(
        &self,
        by: &Principal,
        leaf: &Holder,
        proof: Proof,
    ) -> Result<RegisteredCertificateId, CertificateError> {
        let mut proved = enrol(by.person, leaf.certificate.as_der());
        proved.proof = Some(proof);
        self.certificates.enrol(by, &proved, NOW).await
    }

    async fn how_many(&self, who: &Principal) -> usize {
        let own = self.certificates.certificates_of(who, who.person, None);
        own.await.unwrap().len()
    }

    /// Whom the key logs in.
    async fn logs_in(&self, key: &Holder) -> Result<Principal, CertificateLogInError> {
        let visitor = self.world.register.new_visitor().unwrap();
        let challenge = self.certificates.challenge(visitor.expose(), NOW).await;
        let nonce = challenge.unwrap().unwrap().nonce;
        let token = key.token(ORIGIN, &nonce);
        let log_in = self
            .certificates
            .log_in(&token, &nonce, visitor.expose(), HOME, NOW)
            .await?;
        Ok(self.world.principal(&log_in, NOW).await)
    }
}

fn is_not_proved(result: &Result<Principal, CertificateLogInError>) -> bool {
    matches!(result, Err(CertificateLogInError::NotProved))
}

/// A certificate for signing that names this address.
fn naming(address: &str) -> Spec {
    let named = vec![GeneralName::Rfc822(address.to_owned())];
    Spec::signing().with(extension::subject_alt_name(named, false))
}

#[tokio::test]
async fn who_proves_the_key_takes_the_certificate_from_who_did_not() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let leaf = Spec::signing().by(&scene.root);
        scene.said(&eva, &leaf).await.unwrap();
        scene.world.letters().await;
        let proof = scene.proof(&scene.jana, &leaf).await;
        let id = scene.with_proof(&scene.jana, &leaf, proof).await.unwrap();
        assert_eq!(scene.how_many(&eva).await, 0);
        let own = scene.certificates.own_certificate(&scene.jana, id).await;
        assert_eq!(own.unwrap().proved_at, Some(NOW));
        let letters = scene.world.letters().await;
        let loser = letters.iter().find(|one| one.to == email("eva@example.cz"));
        assert!(matches!(
            loser.unwrap().notice,
            Notice::CertificateTaken { .. }
        ));
        let winner = scene.logs_in(&leaf).await.unwrap();
        assert_eq!(winner.person, scene.jana.person);
        // From then on nobody says that it is theirs, nor proves it.
        let refused = scene.said(&eva, &leaf).await;
        assert!(matches!(refused, Err(CertificateError::RegisteredByOther)));
        let proof = scene.proof(&eva, &leaf).await;
        let refused = scene.with_proof(&eva, &leaf, proof).await;
        assert!(matches!(refused, Err(CertificateError::RegisteredByOther)));
    }
}

#[tokio::test]
async fn a_registration_is_proved_later_too() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let leaf = Spec::signing().by(&scene.root);
        let id = scene.said(&scene.jana, &leaf).await.unwrap();
        let of_eva = scene.said(&eva, &leaf).await.unwrap();
        let proof = scene.proof(&scene.jana, &leaf).await;
        // By a session for its own certificate only.
        let refused = scene.certificates.prove(&eva, of_eva, &proof, NOW).await;
        assert!(matches!(
            refused,
            Err(CertificateError::Proof(ProofProblem::Challenge(
                TokenProblem::OtherVisitor
            )))
        ));
        let refused = scene.certificates.prove(&scene.jana, of_eva, &proof, NOW);
        assert!(matches!(
            refused.await,
            Err(CertificateError::NoSuchCertificate)
        ));
        let prove = async || scene.certificates.prove(&scene.jana, id, &proof, NOW).await;
        prove().await.unwrap();
        assert_eq!(scene.how_many(&eva).await, 0);
        // Once.
        assert!(matches!(
            prove().await,
            Err(CertificateError::Proof(ProofProblem::Challenge(
                TokenProblem::NoChallenge
            )))
        ));
    }
}

#[tokio::test]
async fn a_proof_that_proves_nothing_registers_nothing() {
    for scene in scenes().await {
        let leaf = Spec::signing().by(&scene.root);
        let thief = Spec::signing().serial(8).by(&scene.root);
        let problem = async |proof: Proof| match scene.with_proof(&scene.jana, &leaf, proof).await {
            Err(CertificateError::Proof(problem)) => problem,
            other => panic!("{other:?}"),
        };
        // The key of another certificate, honestly and not.
        let proof = scene.proof(&scene.jana, &thief).await;
        assert!(matches!(
            problem(proof).await,
            ProofProblem::OtherCertificate
        ));
        let mut proof = scene.proof(&scene.jana, &thief).await;
        proof.token = thief.token_for(&leaf.certificate, ORIGIN, &proof.nonce);
        assert!(matches!(
            problem(proof.clone()).await,
            ProofProblem::Token(_)
        ));
        // It is spent, whatever came of it.
        proof.token = leaf.token(ORIGIN, &proof.nonce);
        assert!(matches!(
            problem(proof).await,
            ProofProblem::Challenge(TokenProblem::NoChallenge)
        ));
        // For another origin.
        let mut proof = scene.proof(&scene.jana, &leaf).await;
        proof.token = leaf.token("https://portal.example.evil", &proof.nonce);
        assert!(matches!(problem(proof).await, ProofProblem::Token(_)));
        // A challenge for log-in is none for this.
        let visitor = scene.world.register.new_visitor().unwrap();
        let challenge = scene.certificates.challenge(visitor.expose(), NOW).await;
        let nonce = challenge.unwrap().unwrap().nonce;
        let token = leaf.token(ORIGIN, &nonce);
        assert!(matches!(
            problem(Proof { token, nonce }).await,
            ProofProblem::Challenge(TokenProblem::OtherVisitor)
        ));
        // Late.
        let proof = scene.proof(&scene.jana, &leaf).await;
        let mut late = enrol(scene.jana.person, leaf.certificate.as_der());
        late.proof = Some(proof);
        let late = scene
            .certificates
            .enrol(&scene.jana, &late, NOW.plus(CHALLENGE_LIFE))
            .await;
        assert!(matches!(
            late,
            Err(CertificateError::Proof(ProofProblem::Challenge(
                TokenProblem::Late
            )))
        ));
        assert_eq!(scene.how_many(&scene.jana).await, 0);
    }
}

#[tokio::test]
async fn without_proof_it_is_the_address_in_it_that_tells_claims_apart() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let plain = Spec::signing().by(&scene.root);
        scene.said(&scene.jana, &plain).await.unwrap();
        scene.said(&eva, &plain).await.unwrap();
        assert!(is_not_proved(&scene.logs_in(&plain).await));
        let named = naming("Eva@example.cz").serial(8).by(&scene.root);
        scene.said(&scene.jana, &named).await.unwrap();
        scene.said(&eva, &named).await.unwrap();
        let in_by_name = scene.logs_in(&named).await.unwrap();
        assert_eq!(in_by_name.person, eva.person);
    }
}

#[tokio::test]
async fn a_word_alone_opens_no_account_until_it_is_proved() {
    for scene in scenes().await {
        // Eva says that Jana's certificate is hers: Jana's key leads nowhere, least of all to Eva.
        let eva = scene.world.subscriber("eva@example.cz").await;
        let leaf = Spec::signing().by(&scene.root);
        let id = scene.said(&eva, &leaf).await.unwrap();
        assert!(is_not_proved(&scene.logs_in(&leaf).await));
        let handshake = scene
            .certificates
            .log_in_by_handshake(&leaf.certificate, HOME, NOW);
        assert!(matches!(
            handshake.await,
            Err(CertificateLogInError::NotProved)
        ));
        // Whose it is tells the address of another as little.
        let other = naming("jana@example.cz").serial(8).by(&scene.root);
        scene.said(&eva, &other).await.unwrap();
        assert!(is_not_proved(&scene.logs_in(&other).await));
        // What was said is proved by the key, and then it opens.
        let proof = scene.proof(&eva, &leaf).await;
        scene
            .certificates
            .prove(&eva, id, &proof, NOW)
            .await
            .unwrap();
        assert_eq!(scene.logs_in(&leaf).await.unwrap().person, eva.person);
    }
}

#[tokio::test]
async fn of_two_proofs_at_once_one_counts() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let leaf = Spec::signing().by(&scene.root);
        let proofs = [
            scene.proof(&scene.jana, &leaf).await,
            scene.proof(&eva, &leaf).await,
        ];
        let [of_jana, of_eva] = proofs;
        let both = tokio::join!(
            scene.with_proof(&scene.jana, &leaf, of_jana),
            scene.with_proof(&eva, &leaf, of_eva),
        );
        let proved = [&both.0, &both.1]
            .into_iter()
            .filter(|one| one.is_ok())
            .count();
        assert_eq!(proved, 1, "{both:?}");
        assert_eq!(
            scene.how_many(&scene.jana).await + scene.how_many(&eva).await,
            1
        );
    }
}

#[tokio::test]
async fn who_logged_in_with_it_has_proved_it() {
    for scene in scenes().await {
        let eva = scene.world.subscriber("eva@example.cz").await;
        let leaf = naming("jana@example.cz").by(&scene.root);
        let id = scene.said(&scene.jana, &leaf).await.unwrap();
        let by_certificate = scene.logs_in(&leaf).await.unwrap();
        scene.said(&eva, &leaf).await.unwrap();
        let prove = async |who: &Principal| {
            let certificates = &scene.certificates;
            certificates.prove_by_session(who, id, NOW).await
        };
        // A password proves no key, and nobody proves for others.
        assert!(matches!(
            prove(&scene.jana).await,
            Err(CertificateError::Proof(ProofProblem::OtherCertificate))
        ));
        assert!(matches!(
            prove(&eva).await,
            Err(CertificateError::NoSuchCertificate)
        ));
        prove(&by_certificate).await.unwrap();
        prove(&by_certificate).await.unwrap();
        assert_eq!(scene.how_many(&eva).await, 0);
    }
}

/// A ticket takes the proof to a handshake of the same session, for the same certificate, once and soon.
#[tokio::test]
async fn a_handshake_proves_with_the_ticket_of_its_session() {
    for scene in scenes().await {
        let certificates = &scene.certificates;
        let eva = scene.world.subscriber("eva@example.cz").await;
        let leaf = Spec::signing().by(&scene.root);
        let second = Spec::signing().serial(9).by(&scene.root);
        let id = scene.said(&scene.jana, &leaf).await.unwrap();
        let other_id = scene.said(&scene.jana, &second).await.unwrap();
        let of_eva = scene.said(&eva, &leaf).await.unwrap();
        assert!(is_not_proved(&scene.logs_in(&leaf).await));
        let ticket = async || {
            let made = certificates.handshake_ticket(&scene.jana, id, NOW).await;
            made.unwrap().nonce
        };
        let good = ticket().await;
        let prove = async |by: &Principal, id, ticket: &str, shown: &Holder, now| {
            let shown = &shown.certificate;
            certificates
                .prove_by_handshake(by, id, ticket, shown, now)
                .await
        };
        let problem = |refused: Result<(), CertificateError>| match refused {
            Err(CertificateError::Proof(ProofProblem::Challenge(problem))) => problem,
            other => panic!("{other:?}"),
        };
        // Nobody asks for a ticket, looks at it or shows it for a certificate that is not theirs.
        let refused = certificates
            .handshake_ticket(&scene.jana, of_eva, NOW)
            .await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        let seen = certificates.by_ticket(&eva, id, &good, NOW).await;
        assert!(matches!(seen, Err(CertificateError::NoSuchCertificate)));
        let refused = prove(&eva, id, &good, &leaf, NOW).await;
        assert!(matches!(refused, Err(CertificateError::NoSuchCertificate)));
        // The victim's handshake does not count for who planted the ticket, nor the other way round.
        let refused = prove(&eva, of_eva, &good, &leaf, NOW).await;
        assert!(matches!(problem(refused), TokenProblem::OtherVisitor));
        // Another session of the same person, another certificate of theirs, made up, of another kind, and late.
        let again = Principal {
            session: eva.session,
            ..scene.jana.clone()
        };
        let refused = prove(&again, id, &good, &leaf, NOW).await;
        assert!(matches!(problem(refused), TokenProblem::OtherVisitor));
        let refused = prove(&scene.jana, other_id, &good, &second, NOW).await;
        assert!(matches!(problem(refused), TokenProblem::OtherVisitor));
        let made_up = "ZVKn9kRdmmMPCSTlb3ELYdVPBbmdqB7AVtm07pM8EuU=";
        for ticket in ["", made_up] {
            let refused = prove(&scene.jana, id, ticket, &leaf, NOW).await;
            assert!(matches!(problem(refused), TokenProblem::NoChallenge));
        }
        let challenge = certificates.proof_challenge(&scene.jana, NOW).await;
        let refused = prove(&scene.jana, id, &challenge.unwrap().nonce, &leaf, NOW).await;
        assert!(matches!(problem(refused), TokenProblem::OtherVisitor));
        let proof = Proof {
            token: leaf.token(ORIGIN, &good),
            nonce: good.clone(),
        };
        let refused = certificates.prove(&scene.jana, id, &proof, NOW).await;
        assert!(matches!(problem(refused), TokenProblem::OtherVisitor));
        let late = NOW.plus(CHALLENGE_LIFE);
        let refused = prove(&scene.jana, id, &good, &leaf, late).await;
        assert!(matches!(problem(refused), TokenProblem::Late));

        // Looking spends nothing; another certificate does, and proves nothing.
        let seen = certificates.by_ticket(&scene.jana, id, &good, NOW).await;
        assert_eq!(
            seen.unwrap().certificate.as_der(),
            leaf.certificate.as_der()
        );
        let refused = prove(&scene.jana, id, &good, &second, NOW).await;
        assert!(matches!(
            refused,
            Err(CertificateError::Proof(ProofProblem::OtherCertificate))
        ));
        let refused = prove(&scene.jana, id, &good, &leaf, NOW).await;
        assert!(matches!(problem(refused), TokenProblem::NoChallenge));
        assert!(is_not_proved(&scene.logs_in(&leaf).await));

        let good = ticket().await;
        let both = tokio::join!(
            prove(&scene.jana, id, &good, &leaf, NOW),
            prove(&scene.jana, id, &good, &leaf, NOW),
        );
        assert_ne!(both.0.is_ok(), both.1.is_ok(), "{both:?}");
        assert_eq!(scene.how_many(&eva).await, 0);
        let winner = scene.logs_in(&leaf).await.unwrap();
        assert_eq!(winner.person, scene.jana.person);
    }
}
