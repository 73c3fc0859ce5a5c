// A browser whose visitors complain about whatever a page complains about.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, firefox } from 'playwright-core';

const SWITCHES = [
  '--no-sandbox', // tests run as root in containers
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

function whereIs(...programs) {
  return execFileSync('sh', ['-c', programs.map((program) => `command -v ${program}`).join(' || ')]).toString().trim();
}

/**
 * A browser whose own words, such as those of a file field, are in this language: `chromium`, or the system's own `firefox`, which is driven
 * over WebDriver BiDi. That asks for a `playwright-core` which speaks to the extended support release as Debian has it (1.65 does not).
 * Firefox takes colours from the preference that is set here, not from a context: `dark` in the options. It does not tell of downloads of what a
 * page made; they come to lie in the folder `downloads`.
 */
export async function launch(language = 'en', { name = 'chromium', dark = false, downloads } = {}) {
  if (name === 'firefox') {
    return firefox.launch({
      channel: 'moz-firefox',
      executablePath: whereIs('firefox-esr', 'firefox'),
      downloadsPath: downloads,
      env: { ...process.env, LANGUAGE: language },
      firefoxUserPrefs: {
        'intl.locale.requested': language,
        'ui.systemUsesDarkTheme': dark ? 1 : 0,
        // Proxies that record are on this machine, as are the servers.
        'network.proxy.allow_hijacking_localhost': true,
      },
    });
  }
  return chromium.launch({
    executablePath: whereIs('chromium', 'google-chrome', 'chrome'),
    args: [...SWITCHES, `--lang=${language}`],
    env: { ...process.env, LANGUAGE: language },
  });
}

/** One person at one browser: own cookies, own window. */
export class Visitor {
  static async arrive(browser, base, options = {}) {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ignoreHTTPSErrors: true,
      locale: 'en-GB',
      ...options,
    });
    return new Visitor(base, context, await context.newPage());
  }

  constructor(base, context, page) {
    Object.assign(this, { base, context, page, complaints: [], expected: new Set() });
    page.setDefaultTimeout(20_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.complain(message.text());
    });
    page.on('pageerror', (error) => this.complain(String(error)));
    page.on('response', (response) => {
      if (response.status() >= 500) this.complain(`${response.status()} ${response.url()}`);
    });
  }

  complain(text) {
    // Refused forms answer 422 and missing pages 404 on purpose: Chromium logs both as errors.
    if (/Failed to load resource.*\b(422|404|403|429)\b/.test(text)) return;
    if (this.forgiven?.test(text)) return;
    this.complaints.push(`${this.page.url()}: ${text}`);
  }

  /** What is broken on purpose from here on. */
  forgive(pattern) {
    this.forgiven = pattern;
  }

  async go(path) {
    const response = await this.page.goto(path.startsWith('http') ? path : this.base + path);
    return response.status();
  }

  /** Fills fields by name: text, choices, boxes (true/false) and files ({ path }). */
  async fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = this.page.locator(`main [name="${name}"]`);
      const kind = await field.first().evaluate((element) => element.type ?? element.tagName.toLowerCase());
      if (kind === 'file') await field.setInputFiles(value.path);
      else if (kind === 'select-one') await field.selectOption(value);
      else if (kind === 'radio') await this.page.locator(`main [name="${name}"][value="${value}"]`).check();
      else if (kind === 'checkbox') {
        for (const box of await field.all()) await box.setChecked(value);
      } else await field.fill(value);
    }
  }

  /** Submits the form with this action, by what it is for (its one loud button) or by another button of it. */
  async submit(action, button) {
    const form = this.page.locator(`main form[action="${action}"], main form[action^="${action}?"]`).first();
    const buttons = form.locator('button[type=submit]');
    const loud = form.locator('button.btn-primary, button.btn-danger');
    const chosen = button ? form.locator(`button${button}`) : (await loud.count()) > 0 ? loud : buttons;
    await Promise.all([this.page.waitForEvent('load'), chosen.first().click()]);
  }

  async follow(selector) {
    await Promise.all([this.page.waitForEvent('load'), this.page.locator(selector).first().click()]);
  }

  path() {
    return new URL(this.page.url()).pathname;
  }

  async text() {
    return this.page.locator('main').innerText();
  }

  /** Fails unless the page says this. */
  async sees(...pieces) {
    const text = await this.text();
    for (const piece of pieces) {
      const found = piece instanceof RegExp ? piece.test(text) : text.includes(piece);
      if (!found) throw new Error(`${this.page.url()} does not say ${piece}:\n${text}`);
    }
  }

  async shoot(folder, name, options = {}) {
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`), ...options });
  }

  async leave() {
    await this.context.close();
    if (this.complaints.length > 0) throw new Error(`the browser complained:\n${this.complaints.join('\n')}`);
  }
}

/** Logs in by one click in the sandbox. */
export async function clickIn(visitor, name) {
  await visitor.go('/sandbox');
  const card = visitor.page.locator('main li', { hasText: name });
  await Promise.all([visitor.page.waitForEvent('load'), card.locator('button[type=submit]').click()]);
}

/** Chooses a language by the switch on every page. */
export async function speak(visitor, language) {
  if ((await visitor.page.locator('html').getAttribute('lang')) === language) return;
  const button = visitor.page.locator(`form[action="/settings/language"] button[value="${language}"]`).locator('visible=true').first();
  await Promise.all([visitor.page.waitForEvent('load'), button.click()]);
}

/** The newest mail to an address whose text matches, as the sandbox shows it. */
export async function mailTo(visitor, address, pattern) {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    await visitor.go('/sandbox/mail');
    const rows = visitor.page.locator('main tbody tr', { hasText: address });
    const paths = await rows.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    for (const path of paths) {
      await visitor.go(path);
      const text = await visitor.text();
      const match = pattern.exec(text);
      if (match) return match;
    }
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  throw new Error(`no mail to ${address} matches ${pattern}`);
}
