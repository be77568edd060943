namespace ResearchKit.Plotly; internal static class Placeholder { }
