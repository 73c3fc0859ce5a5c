#!/bin/sh
# Makes certificate.pem and authority.pem, which the sample pages show. Their keys are thrown away.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/openssl.cnf" <<'CNF'
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = authority
[authority]
C = CZ
O = Chancery Demonstration
CN = Chancery Sandbox S/MIME Issuing 2026
[person]
C = CZ
ST = Hlavní město Praha
L = Praha
O = Ořechová Energy s.r.o.
0.OU = Obchod s elektřinou
1.OU = Registrační autorita Praha
organizationIdentifier = NTRCZ-45274649
GN = Jana
SN = Ořechová
CN = Jana Ořechová
[authority_extensions]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[person_extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment
extendedKeyUsage = emailProtection, clientAuth
subjectAltName = email:jana.orechova@energy.example, email:obchod@energy.example
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 2.23.140.1.5.3.2
crlDistributionPoints = URI:http://status.chancery-demo.net/crl/smime-1/0.crl
authorityInfoAccess = OCSP;URI:http://status.chancery-demo.net/ocsp, caIssuers;URI:http://status.chancery-demo.net/issuer/smime-1.cer
CNF
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout "$work/authority.key" -config "$work/openssl.cnf" \
    -extensions authority_extensions -set_serial 0x5f3a90c21b7d4e8890aa -days 3650 -sha384 -out authority.pem 2>/dev/null
sed 's/distinguished_name = authority/distinguished_name = person/' "$work/openssl.cnf" > "$work/person.cnf"
openssl req -new -newkey rsa:3072 -nodes -keyout "$work/person.key" -config "$work/person.cnf" -out "$work/person.csr" 2>/dev/null
openssl x509 -req -in "$work/person.csr" -CA authority.pem -CAkey "$work/authority.key" -set_serial 0x4d000000000001c29f0e7ab3c4d85566f1a20b37 \
    -days 365 -sha384 -extfile "$work/openssl.cnf" -extensions person_extensions -out certificate.pem 2>/dev/null
