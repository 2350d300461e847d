//! Counts how often the background is asked to read a page.

/** Begins to count. @returns {Promise<() => Promise<number>>} gives the readings since */
export async function countReadings(browser) {
  await browser.background(() => {
    self.readings = 0;
    if (!self.counting) {
      chrome.runtime.onMessage.addListener((message) => {
        if (message?.kind === "inspect") self.readings++;
      });
    }
    self.counting = true;
    return true;
  });
  return () => browser.background(() => self.readings);
}
