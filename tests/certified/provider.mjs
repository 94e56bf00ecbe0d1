// A certified OpenID provider on loopback: `node provider.mjs PORT CLIENT-URL`. Anybody may say who they are.
import Provider from 'oidc-provider'

const [port, client] = process.argv.slice(2)
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [{
    client_id: 'plumbline',
    client_secret: 'known to both',
    redirect_uris: [`${client}/signin/back`],
    post_logout_redirect_uris: [`${client}/signin`],
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }],
  cookies: { keys: ['of this run alone'] },
  pkce: { required: () => true },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
})
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'))
