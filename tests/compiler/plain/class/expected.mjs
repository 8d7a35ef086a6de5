/** A room. */
export class Room {
  constructor(name, open = true) {
    this.name = name;
    this._members = [];
  }

  get SIZE() {
    return 3;
  }

  get is_full() {
    return this._members.length >= this.SIZE;
  }

  async join(who) {
    this._members.push(who);
    await this.tell(who, false);
  }

  async tell(who, loud) {
    for (const member of this._members) {
      console.log(member);
    }
  }

  leave(who, loud = false) {
    removeItem(this._members, who);
  }

  leaver() {
    return (who, loud) => this.leave(who, loud);
  }
}
