export class Session {
  async __aenter__() {
    return "a";
  }

  async __aexit__(kind, error, trace) {
    console.log("end");
  }
}

export async function f() {
  const manager = new Session();
  const a = await manager.__aenter__();
  try {
    const manager2 = new Session();
    const b = await manager2.__aenter__();
    try {
      console.log(a + b);
    } finally {
      await manager2.__aexit__();
    }
  } finally {
    await manager.__aexit__();
  }
}
