/** An input that cannot be understood; the message is in the person's language. */
export class BadInput extends Error {}
