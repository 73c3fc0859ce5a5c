#!/bin/sh
# Makes root.pem, authority.pem and certificate.pem, which the sample pages show. Their keys are thrown away.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat > "$work/openssl.cnf" <<'CNF'
[req]
prompt = no
utf8 = yes
string_mask = utf8only
distinguished_name = root
[root]
C = CZ
O = Chancery Demonstration
CN = Chancery Sandbox Root 2026
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
organizationIdentifier = NTRCZ-99999994
GN = Jana
SN = Ořechová
CN = Jana Ořechová
[root_extensions]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[authority_extensions]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:http://status.chancery.example/crl/root-1/0.crl
authorityInfoAccess = caIssuers;URI:http://status.chancery.example/issuer/root-1.cer
[person_extensions]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation, keyEncipherment
extendedKeyUsage = emailProtection, clientAuth
subjectAltName = email:jana.orechova@energy.example, email:obchod@energy.example
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
certificatePolicies = 2.23.140.1.5.3.2
crlDistributionPoints = URI:http://status.chancery.example/crl/smime-1/0.crl
authorityInfoAccess = OCSP;URI:http://status.chancery.example/ocsp, caIssuers;URI:http://status.chancery.example/issuer/smime-1.cer
CNF
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout "$work/root.key" -config "$work/openssl.cnf" \
    -extensions root_extensions -set_serial 0x4b1296d0a7e35c01f2c8 -days 7300 -sha384 -out root.pem 2>/dev/null
# Requests for a name of the configuration, each signed with the key of the one above.
request() {
    sed "s/distinguished_name = root/distinguished_name = $1/" "$work/openssl.cnf" > "$work/$1.cnf"
    name=$1
    shift
    openssl req -new "$@" -nodes -keyout "$work/$name.key" -config "$work/$name.cnf" -out "$work/$name.csr" 2>/dev/null
}
request authority -newkey ec -pkeyopt ec_paramgen_curve:P-384
openssl x509 -req -in "$work/authority.csr" -CA root.pem -CAkey "$work/root.key" -set_serial 0x5f3a90c21b7d4e8890aa \
    -days 3650 -sha384 -extfile "$work/openssl.cnf" -extensions authority_extensions -out authority.pem 2>/dev/null
request person -newkey rsa:3072
openssl x509 -req -in "$work/person.csr" -CA authority.pem -CAkey "$work/authority.key" -set_serial 0x4d000000000001c29f0e7ab3c4d85566f1a20b37 \
    -days 365 -sha384 -extfile "$work/openssl.cnf" -extensions person_extensions -out certificate.pem 2>/dev/null
