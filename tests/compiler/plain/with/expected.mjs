export class Lock {
  __enter__() {
    return 1;
  }

  __exit__(kind, error, trace) {
    console.log("free");
  }
}

export class Ignore {
  __enter__() {
    console.log("begin");
  }

  __exit__(kind, problem, trace) {
    return problem instanceof ValueError;
  }
}

export class Store {
  constructor(lock) {
    this.lock = lock;
  }

  take() {
    const number = this.lock.__enter__();
    try {
      return number + 1;
    } finally {
      this.lock.__exit__();
    }
  }
}

export async function f(text) {
  const manager = new Ignore();
  manager.__enter__();
  let failed = false;
  try {
    console.log(text);
  } catch (error2) {
    failed = true;
    if (!manager.__exit__(null, error2)) {
      throw error2;
    }
  } finally {
    if (!failed) {
      manager.__exit__(null, null);
    }
  }
}
