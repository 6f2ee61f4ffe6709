using AiCloud;

return await GatewayHost.Run(args);
