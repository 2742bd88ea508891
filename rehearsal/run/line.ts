/** A line of the terminal that is written over and over. Without a terminal only changes of stage are printed. */
export class Line {
  private last = "";

  show(text: string): void {
    if (process.stdout.isTTY) {
      const width = (process.stdout.columns ?? 80) - 1;
      process.stdout.write(`\r\u001b[2K${text.slice(0, width)}`);
    } else {
      // The numbers change twice a second; in a log the stages are enough.
      const stage = text.replace(/\d.*$/, "");
      if (stage !== this.last) console.log(text);
      this.last = stage;
    }
  }

  /** Replaces the line by one that stays. */
  end(text: string): void {
    if (process.stdout.isTTY) process.stdout.write("\r\u001b[2K");
    console.log(text);
    this.last = "";
  }
}
