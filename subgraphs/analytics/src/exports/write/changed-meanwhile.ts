/** Ends an export whose beginning has said otherwise than an event that came while it went on. */
export class ChangedMeanwhile extends Error {
  constructor(field: string) {
    super(`an event that came during the export has something new in its field ${field}`);
    this.name = 'ChangedMeanwhile';
  }
}
