// Collects what was checked and prints one table.

/** A list of checks, each with what it was about and, if it failed, why. */
export class Report {
  #checks = [];

  /** Notes one check; `problems` is empty if it passed. */
  note(check, subject, problems) {
    this.#checks.push({ check, subject, problems: [problems].flat().filter(Boolean).map(String) });
  }

  /** Runs a check that may throw. */
  async run(check, subject, work) {
    try {
      this.note(check, subject, (await work()) ?? []);
    } catch (error) {
      this.note(check, subject, [error.stack ?? error]);
    }
  }

  get failed() {
    return this.#checks.filter((one) => one.problems.length > 0);
  }

  /** Every failure, the table of checks, and the line that counts. */
  print() {
    for (const { check, subject, problems } of this.failed) {
      for (const problem of problems.slice(0, 20)) console.log(`${check}: ${subject}: ${problem}`);
      if (problems.length > 20) console.log(`${check}: ${subject}: and ${problems.length - 20} more`);
    }
    const names = [...new Set(this.#checks.map((one) => one.check))];
    const width = Math.max(...names.map((name) => name.length), 5);
    console.log(`\n${'check'.padEnd(width)}  passed  failed`);
    for (const name of names) {
      const of = this.#checks.filter((one) => one.check === name);
      const failed = of.filter((one) => one.problems.length > 0).length;
      console.log(`${name.padEnd(width)}  ${String(of.length - failed).padStart(6)}  ${String(failed).padStart(6)}`);
    }
    console.log(`\n${this.#checks.length - this.failed.length} passed, ${this.failed.length} failed`);
  }
}
