/** How many the server changes together. */
export const most = 50;
