export class Broken extends ValueError {}

export function f(text) {
  try {
    return text + "x";
  } catch (error) {
    if (error instanceof Broken) {
      throw because(new KeyError(text), error);
    } else {
      throw error;
    }
  } finally {
    console.log("done");
  }
}
