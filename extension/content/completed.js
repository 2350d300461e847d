// Completes the plan of a shop that says of some pages only where they are: these are cut like those of any shop. The build adds this to the
// generic plan, which runs before the shop's own.

(() => {
  const any = globalThis.touchstonePlan;
  const [like] = any.pages;

  globalThis.touchstoneCompleted = ({ marketplace, pages, states }) => ({
    marketplace,
    pages: pages.map((page) => ("regions" in page ? page : { ...like, ...page })),
    states: [...states, ...pages.flatMap((page, at) => ("regions" in page ? [] : (any.states ?? []).map((state) => ({ ...state, page: at }))))],
  });
})();
