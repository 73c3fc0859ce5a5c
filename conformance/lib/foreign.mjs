// Programs that nobody here wrote, as referees.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Programs in one folder; each must succeed and, where given, say something. */
export class Referees {
  constructor(folder, chancery) {
    Object.assign(this, { folder, chancery });
  }

  run(program, words, { says, fails = false, input } = {}) {
    const { status, stdout, stderr, error } = spawnSync(program, words, { cwd: this.folder, input, encoding: 'utf8' });
    if (error) throw error;
    const printed = `${stdout}${stderr}`;
    if ((status !== 0) !== fails) throw new Error(`${program} ${words.join(' ')} ended with ${status}:\n${printed}`);
    if (says && !says.test(printed)) throw new Error(`${program} ${words.join(' ')} does not say ${says}:\n${printed}`);
    return printed;
  }

  openssl(words, options) {
    return this.run('openssl', words.split(' '), options);
  }

  read(name) {
    return readFileSync(join(this.folder, name));
  }

  write(name, content) {
    writeFileSync(join(this.folder, name), content);
    return join(this.folder, name);
  }

  has(program) {
    return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  }
}
