/**
 * How far something has come, on one line of a terminal that is written over; on none where standard error is something else.
 * @param what - what is done, for instance `reading state stores`
 */
export class Progress {
  private readonly isShown = process.stderr.isTTY === true;

  constructor(
    private readonly what: string,
    private readonly total: number,
  ) {
    this.show(0);
  }

  /** So many are done. */
  public readonly show = (count: number): void => {
    if (this.isShown) process.stderr.write(`\r${this.what}: ${count} of ${this.total}`);
  };

  /** Takes the line away. */
  public end(): void {
    if (this.isShown) process.stderr.write('\r\u001b[2K');
  }
}
