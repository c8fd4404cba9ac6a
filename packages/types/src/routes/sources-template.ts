import Type from 'typebox'

/** Where the figures of an answer come from: an address with the row's key and the figure's name left to be put in. */
export const SourcesTemplate = Type.String({
  description:
    'URI template (RFC 6570) of what a figure is made of: {key} of its row, left out for the total, and the name of the {figure}',
})
