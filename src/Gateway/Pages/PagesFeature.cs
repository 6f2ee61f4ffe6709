using System.Text.Encodings.Web;
using System.Text.Unicode;
using AiCloud.Problems;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.WebEncoders;

namespace AiCloud.Pages;

/// <summary>The web pages: server-rendered, whole without JavaScript. Each feature's stand in its own folder.</summary>
internal static class PagesFeature
{
    /// <summary>Registers pages, forms and assets. Needs the key ring's services (AddProtection).</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<Assets>().AddSingleton<Words>();
        services.AddFormProtection();
        var mvc = services.AddRazorPages(options =>
        {
            options.RootDirectory = "/";
            options.Conventions.ConfigureFilter(new KnownActs());
        });
        // Hosts other than the gateway's own program, such as tests, have another entry assembly.
        var own = typeof(PagesFeature).Assembly;
        if (!mvc.PartManager.ApplicationParts.OfType<AssemblyPart>().Any(part => part.Assembly == own)) mvc.AddApplicationPart(own);
        // Chinese stays readable, and a third of the size.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddResponseCompression(options =>
        {
            // BREACH needs a secret that repeats in bodies: anti-forgery tokens differ in each reply, other tokens are never in one. JSON stays as it is.
            options.EnableForHttps = true;
            options.MimeTypes = ["text/html"];
        });
        return services.AddTransient<IStartupFilter, BeforeEverything>();
    }

    /// <summary>Maps every page, the assets and the pages of problems.</summary>
    public static void MapPages(this IEndpointRouteBuilder routes)
    {
        routes.MapRazorPages().WithMetadata(new ExcludeFromDescriptionAttribute());
        routes.ServiceProvider.GetRequiredService<Assets>().Map(routes);
        routes.MapProblemPages();
    }

    // In front of the frame: a problem's page is compressed and speaks the chosen language too.
    private sealed class BeforeEverything : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseResponseCompression();
            app.UseMiddleware<PageLanguage>();
            next(app);
        };
    }
}
