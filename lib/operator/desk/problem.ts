/** What a person wrote cannot be understood; the message is in their language. */
export class BadInput extends Error {}
