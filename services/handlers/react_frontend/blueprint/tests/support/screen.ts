let phone = false;

/** Whether the pages of this test are seen on a phone. */
export function showOnPhone(value: boolean): void {
  phone = value;
}

export function isPhone(): boolean {
  return phone;
}
