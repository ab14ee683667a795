/** A request, down to the bytes of its body. */
export interface Sent {
  method: string;
  /** Printable ASCII without blanks, as it stands in a request line. */
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

/** The answer. */
export interface Got {
  status: number;
  location: string | undefined;
  text: string;
}

/** Sends a request to the app under test and waits for the whole answer. */
export type Exchange = (sent: Sent) => Promise<Got>;
