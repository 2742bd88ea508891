import { openSync, readSync, closeSync } from "node:fs";

const CHUNK = 65_536;

/** Reads a file that grows, by whole lines. */
export class Tail {
  private readonly descriptor: number;
  private readonly buffer = Buffer.alloc(CHUNK);
  private position = 0;
  private rest = Buffer.alloc(0);

  constructor(
    file: string,
    private readonly onLine: (line: string) => void,
  ) {
    this.descriptor = openSync(file, "r");
  }

  /** Whether there was anything new. */
  read(): boolean {
    const before = this.position;
    for (;;) {
      const count = readSync(this.descriptor, this.buffer, 0, CHUNK, this.position);
      if (count === 0) return this.position > before;
      this.position += count;
      this.split(this.buffer.subarray(0, count));
    }
  }

  close(): void {
    this.read();
    closeSync(this.descriptor);
    if (this.rest.length > 0) this.onLine(this.rest.toString());
  }

  private split(chunk: Buffer): void {
    let text = Buffer.concat([this.rest, chunk]);
    for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10)) {
      this.onLine(text.subarray(0, end).toString());
      text = text.subarray(end + 1);
    }
    this.rest = Buffer.from(text);
  }
}
