export class Clock {
  spawn(work) {
    start(() => this._guard(work));
  }

  async _guard(work) {
    await work();
  }
}

export class Service {
  constructor(clock) {
    this.clock = clock;
    this.turn = 0;
    this.first = 2;
  }

  begin(name) {
    this.clock.spawn(() => this.run(name, 1));
    this.clock.spawn(() => this.run(name, this.first));
    this.clock.spawn(bound(this.run, this, name, this.turn));
    this.turn += 1;
  }

  async run(name, turn) {
    console.log([name, String(turn)].join(" "));
  }
}
