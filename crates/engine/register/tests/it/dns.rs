//! The look-up against a name server of the test's own, which answers from a table.

use std::{net::SocketAddr, time::Duration};

use chancery_register::mail_domain::{DnsConfig, DnsMx, MailDomain, check};
use hickory_resolver::proto::{
    op::{Message, MessageType, OpCode, ResponseCode},
    rr::{
        Name, RData, Record, RecordType,
        rdata::{A, MX, SOA},
    },
};
use tokio::net::UdpSocket;

fn name(text: &str) -> Name {
    Name::from_ascii(text).unwrap()
}

/// The zone: who has which record; everything else does not exist.
fn answer(asked: &Name, kind: RecordType) -> (ResponseCode, Vec<RData>) {
    let asked = asked.to_ascii().to_ascii_lowercase();
    let mx = |to: &str| RData::MX(MX::new(10, name(to)));
    match (asked.as_str(), kind) {
        ("mail.test.", RecordType::MX) => (ResponseCode::NoError, vec![mx("mx.mail.test.")]),
        ("null.test.", RecordType::MX) => (ResponseCode::NoError, vec![mx(".")]),
        ("bare.test.", RecordType::A) => {
            (ResponseCode::NoError, vec![RData::A(A::new(192, 0, 2, 7))])
        }
        ("broken.test.", _) => (ResponseCode::ServFail, Vec::new()),
        ("mail.test." | "null.test." | "bare.test." | "empty.test.", _) => {
            (ResponseCode::NoError, Vec::new())
        }
        _ => (ResponseCode::NXDomain, Vec::new()),
    }
}

async fn name_server() -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut packet = [0; 1500];
        while let Ok((length, from)) = socket.recv_from(&mut packet).await {
            let request = Message::from_vec(&packet[..length]).unwrap();
            let query = request.queries[0].clone();
            let (code, records) = answer(query.name(), query.query_type());
            let mut reply = Message::new(request.metadata.id, MessageType::Response, OpCode::Query);
            reply.metadata.response_code = code;
            reply.metadata.recursion_available = true;
            reply.metadata.recursion_desired = true;
            reply.add_query(query.clone());
            if records.is_empty() && code != ResponseCode::ServFail {
                let soa = SOA::new(name("ns.test."), name("host.test."), 1, 60, 60, 60, 60);
                reply.add_authority(Record::from_rdata(name("test."), 60, RData::SOA(soa)));
            }
            for data in records {
                reply.add_answer(Record::from_rdata(query.name().clone(), 60, data));
            }
            socket
                .send_to(&reply.to_vec().unwrap(), from)
                .await
                .unwrap();
        }
    });
    at
}

fn resolver(server: SocketAddr) -> DnsMx {
    DnsMx::new(&DnsConfig {
        servers: vec![server],
        timeout: Duration::from_millis(300),
        attempts: 1,
    })
    .unwrap()
}

#[tokio::test]
async fn verdicts_come_from_the_records() {
    let dns = resolver(name_server().await);
    for (domain, verdict) in [
        ("mail.test", MailDomain::Accepts),
        ("null.test", MailDomain::NullMx),
        ("bare.test", MailDomain::Accepts),
        ("empty.test", MailDomain::NoMailServer),
        ("nothing.test", MailDomain::NoSuchDomain),
        ("broken.test", MailDomain::Unknown),
    ] {
        assert_eq!(check(&dns, domain).await, verdict, "{domain}");
    }
}

#[tokio::test]
async fn a_silent_server_is_out_of_reach_and_does_not_hang() {
    let silent = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let dns = resolver(silent.local_addr().unwrap());
    let begun = std::time::Instant::now();
    assert_eq!(check(&dns, "mail.test").await, MailDomain::Unknown);
    assert!(begun.elapsed() < Duration::from_secs(5));
}
