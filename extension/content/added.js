// Takes the plan of this page's shop from those of the shops that a click adds. The build writes them before this.

(() => {
  const [plans, hosts] = globalThis.touchstoneAdded;
  let host = location.hostname;
  while (host && !Object.hasOwn(hosts, host)) host = host.replace(/^[^.]*\.?/, "");
  /** @type {AbridgedPlan} */
  const plan = JSON.parse(plans[hosts[host] ?? -1] ?? "");
  globalThis.touchstonePlan = plan.pages.every((page) => "regions" in page) ? /** @type {TouchstonePlan} */ (plan) : touchstoneCompleted(plan);
})();
