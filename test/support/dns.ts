import dns2 from 'dns2'

/** A real DNS server that answers with these TXT records. A name without records does not exist. */
export const dnsServer = (textsOf: (name: string) => string[] | undefined) =>
  dns2.createServer({
    udp: true,
    handle: (request, send) => {
      const response = dns2.Packet.createResponseFromRequest(request)
      const [question] = request.questions
      const name = question?.name ?? ''
      const texts = textsOf(name)
      if (texts === undefined) response.header.rcode = 3 // NXDOMAIN
      for (const data of texts ?? []) {
        const parts = data.match(/.{1,255}/g) ?? []
        response.answers.push({
          name,
          type: dns2.Packet.TYPE.TXT,
          class: dns2.Packet.CLASS.IN,
          ttl: 1,
          data: parts,
        } as never)
      }
      send(response)
    },
  })
