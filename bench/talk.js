// What the pages that ours is compared with have in common: what was heard and when, and what is timed.
const now = () => performance.timeOrigin + performance.now();
const heard = [];
let say = () => {};
let listener = () => {};

function hear(text) {
  heard.push({ text, at: now() });
  listener(text);
}

// When it began, in ms of the wall clock: what it took until the first message is told by who hears it.
async function joinAndSay(room, text) {
  const begun = now();
  await meet(room);
  say(text);
  return begun;
}

function echo() {
  listener = (text) => say(text);
}

async function roundTrips(count, pauseMs) {
  const times = [];
  for (let number = 0; number < count; number++) {
    const begun = now();
    await new Promise((resolve) => {
      listener = resolve;
      say(`round ${number}`);
    });
    times.push(now() - begun);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return times;
}
