// Keys with certificates of a test authority, in files as each program writes them.

import { execFileSync } from 'node:child_process';

const PASSWORD = 'secret 1';
const KEYS = {
  rsa2048: { words: 'genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048', keyName: 'RSA 2048' },
  rsa4096: { words: 'genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:4096', keyName: 'RSA 4096' },
  p256: { words: 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256', keyName: 'EC P-256' },
  p384: { words: 'genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384', keyName: 'EC P-384' },
};

/** Files of OpenSSL, NSS and Java; beside them, in the referees' folder, `NAME.key.pem`, `NAME.cert.pem`, `ca.pem` and `ca.key.pem`. */
export function makeFiles(referees) {
  const files = [];
  referees.openssl('req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key.pem -subj /CN=Authority -days 3650 -out ca.pem');
  for (const [key, { words, keyName }] of Object.entries(KEYS)) {
    referees.openssl(`${words} -out ${key}.key.pem`);
    referees.openssl(`req -new -key ${key}.key.pem -subj /CN=${key} -out ${key}.csr`);
    referees.openssl(`x509 -req -in ${key}.csr -CA ca.pem -CAkey ca.key.pem -CAcreateserial -days 365 -out ${key}.cert.pem`);
    const add = (name, file = `${key}.${name}.p12`) => files.push({ name: `${key} ${name}`, file: referees.read(file), password: PASSWORD, keyName });
    const openssl = (name, more = []) => {
      referees.run('openssl', [
        'pkcs12', '-export', '-inkey', `${key}.key.pem`, '-in', `${key}.cert.pem`, '-certfile', 'ca.pem', '-name', key,
        '-out', `${key}.${name}.p12`, '-passout', `pass:${PASSWORD}`, ...more,
      ]);
      add(name);
    };
    openssl('default');
    openssl('legacy', ['-legacy']);
    openssl('aes256', ['-keypbe', 'AES-256-CBC', '-certpbe', 'AES-256-CBC', '-macalg', 'sha256', '-iter', '100000']);
    openssl('3des', ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']);
    nss(referees, key);
    add('pk12util');
    if (referees.has('keytool')) {
      java(referees, key);
      add('keytool');
    }
  }
  return files;
}

function nss(referees, key) {
  const folder = `nss.${key}`;
  execFileSync('sh', ['-c', `mkdir ${folder} && certutil -N -d sql:${folder} --empty-password`], { cwd: referees.folder });
  referees.run('pk12util', ['-i', `${key}.default.p12`, '-d', `sql:${folder}`, '-W', PASSWORD, '-K', '']);
  referees.run('pk12util', ['-o', `${key}.pk12util.p12`, '-n', key, '-d', `sql:${folder}`, '-W', PASSWORD, '-K', '']);
}

function java(referees, key) {
  referees.run('keytool', [
    '-importkeystore', '-srckeystore', `${key}.default.p12`, '-srcstoretype', 'PKCS12', '-srcstorepass', PASSWORD,
    '-destkeystore', `${key}.keytool.p12`, '-deststoretype', 'PKCS12', '-deststorepass', PASSWORD, '-noprompt',
  ]);
}
