export class Circle {
  constructor(radius) {
    this.radius = radius;
  }
}

export class Box {
  constructor(width, height) {
    this.width = width;
    this.height = height;
  }
}

export function area(shape) {
  if (shape === null) {
    return 0;
  } else if ((shape instanceof Circle && shape.radius === 0) ||
    (shape instanceof Box && shape.width === 0)) {
    return 0;
  } else if (shape instanceof Circle) {
    const radius = shape.radius;
    return radius * 3;
  } else if (shape instanceof Box && shape.width === shape.height) {
    const width = shape.width;
    return width ** 2;
  } else if (shape instanceof Box) {
    const width = shape.width;
    const height = shape.height;
    return width * height + 0;
  }
}

export function command(words, table) {
  if (words.length === 2 && words[0] === "go" && (words[1] === "north" || words[1] === "south")) {
    const where = words[1];
    return where;
  } else if (words.length >= 1 && words.slice(1).length > 1) {
    const first = words[0];
    return first;
  } else if (words.length === 0) {
    return "nothing";
  }
  if (table.get("x") === 1 && table.has("y")) {
    const y = table.get("y");
    const more = new Map([...table].filter(([key]) => key !== "x" && key !== "y"));
    return `${y} ${more.size}`;
  } else {
    return "?";
  }
}
