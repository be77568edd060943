namespace ResearchKit.Interactive; internal static class Placeholder { }
