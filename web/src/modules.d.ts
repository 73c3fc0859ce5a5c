declare module "chancery:words" {
  const sources: Record<string, string>;
  export default sources;
}
