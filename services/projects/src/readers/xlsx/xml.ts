import { SaxesParser } from 'saxes'
import { UnreadableFile } from '../unreadable-file.ts'

export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

const MAX_DEPTH = 64
const DOCTYPE = {
  zh: '文件含有 DOCTYPE 声明，不予读取',
  en: 'The file has a DOCTYPE; it is not read',
}
const BROKEN = { zh: '文件内容不是完整的 XML', en: 'The XML in the file is not whole' }

const localOf = (name: string) => name.slice(name.indexOf(':') + 1)

/** Reads XML as it comes, names without prefix; yields after each piece. UTF-8 only, no DOCTYPE. @throws UnreadableFile */
export async function* parseXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let depth = 0
  parser.on('error', () => {
    throw new UnreadableFile(BROKEN)
  })
  parser.on('doctype', () => {
    throw new UnreadableFile(DOCTYPE)
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > MAX_DEPTH) throw new UnreadableFile(BROKEN)
    handler.open?.(localOf(name), attributes as Record<string, string>)
  })
  parser.on('closetag', ({ name }) => {
    depth--
    handler.close?.(localOf(name))
  })
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new UnreadableFile(BROKEN)
    }
  }
  for await (const chunk of bytes) {
    parser.write(decode(chunk))
    yield
  }
  parser.write(decode()).close()
  yield
}

/** Reads XML to its end. @throws UnreadableFile */
export async function readXml(bytes: AsyncIterable<Uint8Array>, handler: XmlHandler): Promise<void> {
  for await (const _ of parseXml(bytes, handler));
}
