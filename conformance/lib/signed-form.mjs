// An application that its applicant signs in the page, judged by OpenSSL; what was changed after signing is refused.

import assert from 'node:assert/strict';

const organization = {
  'organization.name': 'Ořechová & synové s.r.o.',
  'organization.country': 'CZ',
  'organization.street': 'Dlouhá 12',
  'organization.postal_code': '110 00',
  'organization.locality': 'Praha',
  'organization.number_kind': 'cz-ico',
  'organization.number': '99999994',
};
const words = {
  en: { signed: /Signed by/, changed: /is not what would be sent now/, statements: /Confirm the statements above first/, title: 'Application for a certificate' },
  cs: { signed: /Podepsal\(a\)/, changed: /bylo\sněco\sjiného/, statements: /Nejdřív\spotvrďte/, title: 'Žádost o certifikát' },
};

/** Orders, signs the application with the certificate of this browser and sends it; `by` is the name in that certificate. */
export async function signApplication({ visitor, language, referees, turn, shoot, password, by }) {
  const said = words[language];
  const { page } = visitor;
  await visitor.go('/orders/new/smime-organization-365');
  await turn(visitor, () => page.locator('main form[action="/orders"] button.btn-primary').click());
  const order = visitor.path().split('/').slice(0, 3).join('/');
  await toSummary('99999994');
  const panel = page.locator('[data-island=signing]');
  const sign = panel.locator('button');
  await sign.waitFor();

  // Statements that are not confirmed are not signed, either.
  await sign.click();
  await panel.getByText(said.statements).waitFor();
  await visitor.fill({ statement: true });
  const shown = await panel.locator('pre').textContent();
  assert.ok(shown.startsWith(`${said.title}\n`) && shown.includes(organization['organization.name']), shown);

  // Another tab changes the data after they were read: nothing is sent, nothing is lost.
  await page.evaluate(async ([address, number]) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(number)) body.append(name, value);
    body.append('csrf', document.querySelector('[name=csrf]').value);
    const answer = await fetch(address, { method: 'POST', body });
    if (!answer.ok) throw new Error(`${answer.status}`);
  }, [`${order}/data`, { ...organization, 'organization.street': 'Krátká 3' }]);
  await attempt();
  await page.locator('#problems').waitFor();
  await visitor.sees(said.changed);
  await sign.waitFor();
  const anew = await panel.locator('pre').textContent();
  assert.ok(anew.includes('Krátká 3') && !shown.includes('Krátká 3'));
  assert.equal(await page.locator('input[name=statement]:not(:checked)').count(), 0, 'what was ticked is kept');
  await shoot(visitor, 'form-changed', { fullPage: true });

  await attempt();
  assert.equal(visitor.path(), order);
  await visitor.sees(said.signed, by);
  await shoot(visitor, 'form-signed', { fullPage: true });

  const [text, signature] = await page.locator('.signed a[href^="/documents/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  referees.write('application.txt', await file(text));
  referees.write('application.txt.p7s', await file(signature));
  assert.equal(referees.read('application.txt').toString(), anew, 'kept is what was shown');
  await visitor.go('/authorities');
  const authorities = await page.locator('a[href$="/certificate.pem"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  referees.write('authorities.pem', Buffer.concat(await Promise.all(authorities.map(file))));
  const verify = 'cms -verify -cades -binary -inform DER -in application.txt.p7s -CAfile authorities.pem -out verified.txt -content';
  referees.openssl(`${verify} application.txt`, { says: /success/i });
  referees.write('altered.txt', referees.read('application.txt').toString().replace('Krátká 3', 'Krátká 4'));
  referees.openssl(`${verify} altered.txt`, { fails: true });
  return order;

  async function toSummary(number) {
    await visitor.go(`${order}/data`);
    await visitor.fill({ ...organization, 'organization.number': number });
    await turn(visitor, () => page.locator(`main form[action="${order}/data"] button.btn-primary`).first().click());
  }

  /** Signs, and waits for what the portal says. */
  async function attempt() {
    await turn(visitor, async () => {
      await sign.click();
      const dialog = page.locator('dialog[open]');
      await dialog.locator('input[name=password]').fill(password);
      await dialog.locator('button[type=submit]').click();
    });
  }

  async function file(path) {
    const encoded = await page.evaluate(async (address) => {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${answer.status} ${address}`);
      const octets = new Uint8Array(await answer.arrayBuffer());
      return btoa(Array.from(octets, (octet) => String.fromCharCode(octet)).join(''));
    }, path);
    return Buffer.from(encoded, 'base64');
  }
}
