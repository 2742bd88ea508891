/** The line of the terminal that is written over and over: what each lane does. Without a terminal, only new stages. */
export class Line {
  private readonly texts = new Map<string, string>();

  show(title: string, text: string): void {
    const before = this.texts.get(title);
    this.texts.set(title, text);
    if (process.stdout.isTTY) this.draw();
    else if (before === undefined || stageOf(before) !== stageOf(text)) console.log(`${title}: ${text}`);
  }

  /** Prints what stays of a lane's work. */
  end(title: string, text: string): void {
    this.texts.delete(title);
    if (process.stdout.isTTY) process.stdout.write(CLEAR);
    console.log(text);
    if (process.stdout.isTTY) this.draw();
  }

  private draw(): void {
    const width = (process.stdout.columns ?? 80) - 1;
    const lanes = [...this.texts].map(([title, text]) => `${title}: ${text}`);
    const room = Math.floor(width / Math.max(1, lanes.length)) - 3;
    process.stdout.write(CLEAR + lanes.map((lane) => lane.slice(0, room)).join("   "));
  }
}

const CLEAR = "\r\u001b[2K";

/** The numbers change twice a second; in a log the stages are enough. */
function stageOf(text: string): string {
  return text.replace(/\d.*$/, "");
}
