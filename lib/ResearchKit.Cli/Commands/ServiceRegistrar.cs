using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>Gives commands the few objects they take in their constructors.</summary>
internal sealed class ServiceRegistrar(params (Type Type, object Service)[] known) : ITypeRegistrar, ITypeResolver
{
    private readonly Dictionary<Type, Func<object>> services = known.ToDictionary(pair => pair.Type, pair => (Func<object>)(() => pair.Service));
    private readonly Dictionary<Type, Type> implementations = [];

    public ITypeResolver Build() => this;

    public void Register(Type service, Type implementation) => implementations[service] = implementation;

    public void RegisterInstance(Type service, object implementation) => services.TryAdd(service, () => implementation);

    public void RegisterLazy(Type service, Func<object> factory) => services.TryAdd(service, factory);

    public object? Resolve(Type? type)
    {
        if (type is null) return null;
        if (services.TryGetValue(type, out var factory)) return factory();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>)) return Array.CreateInstance(type.GetGenericArguments()[0], 0);
        if (implementations.TryGetValue(type, out var implementation)) type = implementation;
        if (type.IsAbstract) return null;
        var constructor = type.GetConstructors().FirstOrDefault();
        return constructor?.Invoke([.. constructor.GetParameters().Select(parameter => Resolve(parameter.ParameterType))]);
    }
}
